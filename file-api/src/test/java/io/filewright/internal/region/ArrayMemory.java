package io.filewright.internal.region;

import io.filewright.error.FileException;
import io.filewright.spi.Mapping;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A byte array as a region's memory, shown in blocks of any size.
final class ArrayMemory implements RegionMemory {

  private final byte[] content;
  private final int blockBytes;

  ArrayMemory(byte[] content, int blockBytes) {
    this.content = content;
    this.blockBytes = blockBytes;
  }

  @Override
  public Path path() {
    return Path.of("array");
  }

  @Override
  public Mapping mapping() {
    throw new UnsupportedOperationException();
  }

  @Override
  public long fileOffset() {
    return 0;
  }

  @Override
  public boolean isCopy() {
    return true;
  }

  @Override
  public void read(long byteOffset, MemorySegment target) {
    MemorySegment.copy(MemorySegment.ofArray(content), byteOffset, target, 0, target.byteSize());
  }

  @Override
  public CompletionStage<Void> readAsync(long byteOffset, MemorySegment target) {
    read(byteOffset, target);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void forEachBlock(long from, long to, BlockVisitor visitor) throws FileException {
    for (long at = from; at < to; ) {
      long size = Math.min(to - at, blockBytes);
      if (!visitor.visit(MemorySegment.ofArray(content).asSlice(at, size), at)) {
        return;
      }
      at += size;
    }
  }

  @Override
  public void verify(String operation, long from, long to) {}

  @Override
  public FileException fault(String operation, long from, long to, Throwable cause) {
    throw new AssertionError(cause);
  }

  @Override
  public void free() {}
}
