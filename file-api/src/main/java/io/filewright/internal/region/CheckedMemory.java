package io.filewright.internal.region;

import io.filewright.error.FileException;
import io.filewright.spi.Mapping;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A mapping that keeps its descriptor: reads are positional reads, which cannot fault; they and
/// raw access are checked against the file's size afterwards.
///
/// The size check finds what no signal tells: a truncation inside a page makes its rest zeros,
/// which pread(2) hands out as well when it is under way at that moment.
public class CheckedMemory implements RegionMemory {

  private final OpenedFile file;
  private volatile Mapping mapping;
  private final long fileOffset;
  private final Counters counters;

  /// @param fileOffset where the mapping begins in the file, in bytes
  public CheckedMemory(OpenedFile file, Mapping mapping, long fileOffset, Counters counters) {
    this.file = file;
    this.mapping = mapping;
    this.fileOffset = fileOffset;
    this.counters = counters;
  }

  @Override
  public Path path() {
    return file.path();
  }

  @Override
  public Mapping mapping() {
    return mapping;
  }

  /// Puts another mapping in the place of this one, which is the caller's from then on.
  final Mapping exchange(Mapping next) {
    Mapping before = mapping;
    mapping = next;
    return before;
  }

  final OpenedFile file() {
    return file;
  }

  @Override
  public Optional<Path> alias() {
    return file.alias();
  }

  @Override
  public long fileOffset() {
    return fileOffset;
  }

  @Override
  public boolean isCopy() {
    return false;
  }

  @Override
  public void read(long byteOffset, MemorySegment target) throws FileException {
    if (target.isNative()) {
      readNative(byteOffset, target);
      return;
    }
    try (var scratch = Scratch.borrow()) {
      MemorySegment buffer = scratch.memory();
      for (long done = 0; done < target.byteSize(); ) {
        MemorySegment block = buffer.asSlice(0, Math.min(target.byteSize() - done, Scratch.BYTES));
        readNative(byteOffset + done, block);
        MemorySegment.copy(block, 0, target, done, block.byteSize());
        done += block.byteSize();
      }
    }
  }

  private void readNative(long byteOffset, MemorySegment target) throws FileException {
    long size = target.byteSize();
    for (long done = 0; done < size; ) {
      int count = file.read(fileOffset + byteOffset + done, target.asSlice(done));
      if (count == 0) {
        throw truncated("read", byteOffset, byteOffset + size);
      }
      done += count;
    }
    verify("read", byteOffset, byteOffset + size);
  }

  @Override
  public CompletionStage<Void> readAsync(long byteOffset, MemorySegment target) {
    return AsyncSteps.run(
        target.byteSize(),
        done ->
            target.isNative()
                ? readNativeAsync(byteOffset + done, target.asSlice(done))
                : readBlockAsync(byteOffset + done, target.asSlice(done)));
  }

  private CompletionStage<Long> readNativeAsync(long byteOffset, MemorySegment target) {
    return file.readAsync(fileOffset + byteOffset, target)
        .thenCompose(
            count -> {
              if (count == 0) {
                return CompletableFuture.failedStage(
                    truncated("readAsync", byteOffset, byteOffset + target.byteSize()));
              }
              try {
                verify("readAsync", byteOffset, byteOffset + count);
              } catch (FileException e) {
                return CompletableFuture.failedStage(e);
              }
              return CompletableFuture.completedStage((long) count);
            });
  }

  /// Fills memory on the heap through a buffer.
  private CompletionStage<Long> readBlockAsync(long byteOffset, MemorySegment target) {
    var scratch = Scratch.borrow();
    MemorySegment block =
        scratch.memory().asSlice(0, Math.min(target.byteSize(), scratch.memory().byteSize()));
    return readNativeAsync(byteOffset, block)
        .thenApply(
            count -> {
              MemorySegment.copy(block, 0, target, 0, count);
              return count;
            })
        .whenComplete((_, _) -> scratch.close());
  }

  @Override
  public void forEachBlock(long from, long to, BlockVisitor visitor) throws FileException {
    try (var scratch = Scratch.borrow()) {
      MemorySegment buffer = scratch.memory();
      for (long at = from; at < to; ) {
        MemorySegment block = buffer.asSlice(0, Math.min(to - at, buffer.byteSize()));
        read(at, block);
        if (!visitor.visit(block, at)) {
          return;
        }
        at += block.byteSize();
      }
    }
  }

  @Override
  public void verify(String operation, long from, long to) throws FileException {
    if (file.size() < fileOffset + to) {
      throw truncated(operation, from, to);
    }
  }

  @Override
  public FileException fault(String operation, long from, long to, Throwable cause) {
    counters.faults.increment();
    try {
      long size = file.size();
      return size < fileOffset + to
          ? Faults.truncated(path(), operation, fileOffset + from, fileOffset + to, size, cause)
          : Faults.deviceFailed(path(), operation, fileOffset + from, fileOffset + to, cause);
    } catch (FileException e) {
      e.addSuppressed(cause);
      return e;
    }
  }

  @Override
  public void free() {
    Releases.close(path(), mapping, counters);
    Releases.close(path(), file, counters);
  }

  private FileException truncated(String operation, long from, long to) {
    counters.faults.increment();
    try {
      return Faults.truncated(
          path(), operation, fileOffset + from, fileOffset + to, file.size(), null);
    } catch (FileException e) {
      return e;
    }
  }
}
