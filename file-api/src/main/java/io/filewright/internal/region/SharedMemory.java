package io.filewright.internal.region;

import io.filewright.error.FileException;
import io.filewright.spi.MapProtection;
import io.filewright.spi.MapRequest;
import io.filewright.spi.Mapping;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A mapping whose stores go to the file.
///
/// Writes are positional writes, which cannot fault: they and the mapping show the same pages of
/// the page cache. The size is asked before each, so that a file that was truncated is not made
/// longer again.
public final class SharedMemory extends CheckedMemory implements WritableMemory {

  private final SyncFailure syncFailure = new SyncFailure();
  private final Counters counters;

  public SharedMemory(OpenedFile file, Mapping mapping, long fileOffset, Counters counters) {
    super(file, mapping, fileOffset, counters);
    this.counters = counters;
  }

  @Override
  public void write(long byteOffset, MemorySegment source) throws FileException {
    claim(byteOffset, byteOffset + source.byteSize());
    if (source.isNative()) {
      writeNative(byteOffset, source);
      return;
    }
    try (var scratch = Scratch.borrow()) {
      for (long done = 0; done < source.byteSize(); ) {
        long size = Math.min(source.byteSize() - done, Scratch.BYTES);
        MemorySegment block = scratch.memory().asSlice(0, size);
        writeNative(byteOffset + done, block.copyFrom(source.asSlice(done, size)));
        done += size;
      }
    }
  }

  private void writeNative(long byteOffset, MemorySegment source) throws FileException {
    for (long done = 0; done < source.byteSize(); ) {
      done += file().write(fileOffset() + byteOffset + done, source.asSlice(done));
    }
  }

  @Override
  public CompletionStage<Void> writeAsync(long byteOffset, MemorySegment source) {
    try {
      claim(byteOffset, byteOffset + source.byteSize());
    } catch (FileException e) {
      return CompletableFuture.failedStage(e);
    }
    return AsyncSteps.run(
        source.byteSize(),
        done ->
            isHeld(source)
                ? writeNativeAsync(byteOffset + done, source.asSlice(done))
                : writeBlockAsync(byteOffset + done, source.asSlice(done)));
  }

  private CompletionStage<Long> writeNativeAsync(long byteOffset, MemorySegment source) {
    return file().writeAsync(fileOffset() + byteOffset, source).thenApply(Integer::longValue);
  }

  /// Writes memory through a buffer.
  private CompletionStage<Long> writeBlockAsync(long byteOffset, MemorySegment source) {
    long size = Math.min(source.byteSize(), Scratch.BYTES);
    var scratch = Scratch.borrow();
    MemorySegment block = scratch.memory().asSlice(0, size).copyFrom(source.asSlice(0, size));
    return writeNativeAsync(byteOffset, block).whenComplete((_, _) -> scratch.close());
  }

  @Override
  public void claim(long from, long to) throws FileException {
    syncFailure.check();
    if (to > from) {
      verify("write", from, to);
    }
  }

  /// Throws the first failure to bring what was written to the disk, if there was one.
  public void checkSynced() throws FileException {
    syncFailure.check();
  }

  /// Waits until what was stored to a range is on the disk.
  public void force(long byteOffset, long byteSize) throws FileException {
    syncFailure.check();
    try {
      mapping().force(byteOffset, byteSize);
    } catch (FileException e) {
      throw syncFailure.note(e);
    }
  }

  /// The same without blocking the caller.
  public CompletionStage<Void> forceAsync(long byteOffset, long byteSize) {
    try {
      syncFailure.check();
    } catch (FileException e) {
      return CompletableFuture.failedStage(e);
    }
    return mapping()
        .forceAsync(byteOffset, byteSize)
        .whenComplete(
            (_, error) -> {
              if (error != null && AsyncSteps.unwrapped(error) instanceof FileException failure) {
                syncFailure.note(failure);
              }
            });
  }

  /// Reserves space for a longer file.
  public void extend(long byteSize, long newByteSize) throws FileException {
    file().allocate(fileOffset() + byteSize, newByteSize - byteSize);
  }

  /// Gives the file the size at which a region of a size ends.
  public void cutTo(long byteSize) throws FileException {
    file().resize(fileOffset() + byteSize);
  }

  /// Whether the file ends where a region of a size does.
  public boolean isWholeTail(long byteSize) throws FileException {
    return file().size() == fileOffset() + byteSize;
  }

  /// Another mapping, for another size.
  public Mapping mapAgain(long byteSize) throws FileException {
    return byteSize == 0
        ? EmptyMapping.INSTANCE
        : file().map(new MapRequest(fileOffset(), byteSize, MapProtection.READ_WRITE));
  }

  /// Puts another mapping in the place of this one; called while nobody else uses it.
  ///
  /// @return the one before, to be closed
  public Mapping exchangeMapping(Mapping next) {
    counters.mappedBytes.addAndGet(next.byteSize() - mapping().byteSize());
    return exchange(next);
  }
}
