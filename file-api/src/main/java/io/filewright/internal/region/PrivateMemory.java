package io.filewright.internal.region;

import io.filewright.error.FileException;
import io.filewright.spi.LoadListener;
import io.filewright.spi.Mapping;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// A mapping whose stores stay in this process.
///
/// The file does not have what was written, so reads copy from the mapping, [#BLOCK_BYTES] at a
/// time, and ask for the file's size after each: a fault arrives inside the copy or the question,
/// and a truncation inside a page is seen by the size alone. A truncation takes the written pages
/// behind the new end away too.
public final class PrivateMemory extends CheckedMemory implements DivergingMemory {

  /// What is copied before the size is asked again.
  private static final long BLOCK_BYTES = 64 << 10;

  private final DirtyPages dirty;

  public PrivateMemory(
      OpenedFile file, Mapping mapping, long fileOffset, Counters counters, DirtyPages dirty) {
    super(file, mapping, fileOffset, counters);
    this.dirty = dirty;
  }

  /// What was written here is not in the file.
  @Override
  public Optional<Path> alias() {
    return Optional.empty();
  }

  @Override
  public void read(long byteOffset, MemorySegment target) throws FileException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = mapping().segment(arena);
      for (long done = 0; done < target.byteSize(); ) {
        long size = Math.min(target.byteSize() - done, BLOCK_BYTES);
        copy("read", memory, byteOffset + done, target, done, byteOffset + done, size);
        done += size;
      }
    }
  }

  /// Brings the pages in first, where it may block; then touching them does not.
  @Override
  public CompletionStage<Void> readAsync(long byteOffset, MemorySegment target) {
    return mapping()
        .populateAsync(byteOffset, target.byteSize(), LoadListener.NONE)
        .thenCompose(_ -> AsyncSteps.atOnce(() -> read(byteOffset, target)));
  }

  @Override
  public void write(long byteOffset, MemorySegment source) throws FileException {
    claim(byteOffset, byteOffset + source.byteSize());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = mapping().segment(arena);
      for (long done = 0; done < source.byteSize(); ) {
        long size = Math.min(source.byteSize() - done, BLOCK_BYTES);
        copy("write", source, done, memory, byteOffset + done, byteOffset + done, size);
        done += size;
      }
    }
  }

  /// Brings the pages in first, as [#readAsync].
  @Override
  public CompletionStage<Void> writeAsync(long byteOffset, MemorySegment source) {
    return mapping()
        .populateAsync(byteOffset, source.byteSize(), LoadListener.NONE)
        .thenCompose(_ -> AsyncSteps.atOnce(() -> write(byteOffset, source)));
  }

  @Override
  public void claim(long from, long to) throws FileException {
    dirty.claim(from, to);
  }

  @Override
  public long dirtyBytes() {
    return dirty.byteSize();
  }

  @Override
  public void free() {
    super.free();
    dirty.release();
  }

  private void copy(
      String operation,
      MemorySegment from,
      long fromOffset,
      MemorySegment to,
      long toOffset,
      long regionOffset,
      long size)
      throws FileException {
    try {
      MemorySegment.copy(from, fromOffset, to, toOffset, size);
      verify(operation, regionOffset, regionOffset + size);
    } catch (InternalError e) {
      throw fault(operation, regionOffset, regionOffset + size, e);
    }
  }
}
