package io.filewright.internal.region;

import io.filewright.error.DeviceFailed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.spi.Mapping;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Memory of the process' own that holds a file's content: nothing outside can change it, and
/// touching it cannot fault.
public class CopiedMemory implements RegionMemory {

  private final Path path;
  private final CopiedMapping copy;
  private final long fileOffset;

  public CopiedMemory(Path path, CopiedMapping copy, long fileOffset) {
    this.path = path;
    this.copy = copy;
    this.fileOffset = fileOffset;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Mapping mapping() {
    return copy;
  }

  @Override
  public long fileOffset() {
    return fileOffset;
  }

  @Override
  public boolean isCopy() {
    return true;
  }

  @Override
  public void read(long byteOffset, MemorySegment target) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment.copy(copy.segment(arena), byteOffset, target, 0, target.byteSize());
    }
  }

  @Override
  public CompletionStage<Void> readAsync(long byteOffset, MemorySegment target) {
    read(byteOffset, target);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void forEachBlock(long from, long to, BlockVisitor visitor) throws FileException {
    try (Arena arena = Arena.ofConfined()) {
      Blocks.visit(copy.segment(arena), from, to, visitor);
    }
  }

  @Override
  public void verify(String operation, long from, long to) {
    // Nobody else can change it.
  }

  @Override
  public FileException fault(String operation, long from, long to, Throwable cause) {
    return new DeviceFailed(
        FailureDetails.of(path, operation, "the memory itself failed", "Check the kernel log")
            .withRange(fileOffset + from, to - from),
        cause);
  }

  @Override
  public void free() {
    copy.close();
  }
}
