package io.filewright;

import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.TooLarge;
import io.filewright.internal.region.CopiedMapping;
import io.filewright.internal.region.CopiedMemory;
import io.filewright.internal.region.Faults;
import io.filewright.internal.region.RegionMemory;
import io.filewright.internal.region.ReservedMemory;
import io.filewright.internal.region.WrittenCopy;
import io.filewright.spi.MapProtection;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/// Reads a file into memory of the process' own, charged to the budget before it is allocated.
final class FileCopy {

  /// First guess at the size of a file that does not say how long it is, such as those in `/proc`.
  private static final long FIRST_BYTES = 64 << 10;

  private final OpenedFile file;
  private final FileRuntime runtime;
  private final long fileOffset;
  private final BooleanSupplier wanted;
  private ReservedMemory memory;
  private long capacity;
  private long byteSize;

  private FileCopy(
      OpenedFile file, FileRuntime runtime, long fileOffset, long capacity, BooleanSupplier wanted)
      throws FileException {
    this.file = file;
    this.runtime = runtime;
    this.fileOffset = fileOffset;
    this.wanted = wanted;
    this.memory = reserved(capacity);
    this.capacity = capacity;
  }

  static FileCopy of(
      OpenedFile file,
      RegionBuilder.Extent extent,
      OpenOptions<?> options,
      FileRuntime runtime,
      BooleanSupplier wanted)
      throws FileException {
    boolean sizeKnown = extent.byteSize() > 0 || options.range().to() != ByteRange.END_OF_FILE;
    long capacity = sizeKnown ? extent.byteSize() : firstCapacity(file, extent.byteOffset());
    var copy = new FileCopy(file, runtime, extent.byteOffset(), capacity, wanted);
    boolean done = false;
    try {
      if (sizeKnown) {
        copy.readExactly(capacity);
      } else if (capacity > 0) {
        copy.readToEnd(options.limits().maxSize());
      }
      done = true;
      return copy;
    } finally {
      if (!done) {
        copy.free();
      }
    }
  }

  /// The same for a file of known size, by reads that do not block.
  ///
  /// @param wanted asked before each read; if it says no, the copy ends
  static CompletionStage<FileCopy> begin(
      OpenedFile file, RegionBuilder.Extent extent, FileRuntime runtime, BooleanSupplier wanted)
      throws FileException {
    var copy = new FileCopy(file, runtime, extent.byteOffset(), extent.byteSize(), wanted);
    var done = new CompletableFuture<FileCopy>();
    copy.readOn(done);
    return done;
  }

  long byteSize() {
    return byteSize;
  }

  RegionMemory memory(OpenMode<?> mode) {
    int pageSize = runtime.engine().pageSize();
    var mapping = new CopiedMapping(file.path(), memory, byteSize, pageSize);
    return mode.protection() == MapProtection.COPY_ON_WRITE
        ? new WrittenCopy(file.path(), mapping, fileOffset, pageSize)
        : new CopiedMemory(file.path(), mapping, fileOffset);
  }

  static TooLarge tooLarge(Path path, long byteSize, long maxSize) {
    return new TooLarge(
        FailureDetails.of(
            path,
            "map",
            "it has at least " + byteSize + " bytes, and the options allow " + maxSize,
            "Open a range of it, or allow more (withMaxSize)"));
  }

  /// A file of size 0 is either empty, then one byte cannot be read either, or does not tell.
  private static long firstCapacity(OpenedFile file, long byteOffset) throws FileException {
    try (Arena arena = Arena.ofConfined()) {
      return file.read(byteOffset, arena.allocate(1)) == 0 ? 0 : FIRST_BYTES;
    }
  }

  /// A read that is under way while the file becomes shorter may hand out zeros, so the size is
  /// asked once more afterwards.
  private void readExactly(long expected) throws FileException {
    fill(expected);
    checkWhole(expected);
  }

  private void checkWhole(long expected) throws FileException {
    long end = file.size();
    if (byteSize < expected || end < fileOffset + expected) {
      throw Faults.truncated(file.path(), "read", fileOffset, fileOffset + expected, end, null);
    }
  }

  /// Reads that end at once (an engine's own thread does them right here) take no stack.
  private void readOn(CompletableFuture<FileCopy> done) {
    try {
      boolean more = true;
      while (more) {
        var read = readNext().toCompletableFuture();
        if (!read.isDone()) {
          var _ = read.whenComplete((_, _) -> resume(read, done));
          return;
        }
        more = took(read);
      }
      checkWhole(capacity);
    } catch (FileException | RuntimeException | Error e) {
      free();
      done.completeExceptionally(Failures.unwrapped(e));
      return;
    }
    done.complete(this);
  }

  private void resume(CompletableFuture<Integer> read, CompletableFuture<FileCopy> done) {
    try {
      if (!took(read)) {
        checkWhole(capacity);
        done.complete(this);
        return;
      }
    } catch (FileException | RuntimeException | Error e) {
      free();
      done.completeExceptionally(Failures.unwrapped(e));
      return;
    }
    readOn(done);
  }

  // SAFETY: the memory is freed after the end of the read, so it needs no arena of its own.
  private CompletionStage<Integer> readNext() throws FileException {
    if (!wanted.getAsBoolean()) {
      throw Failures.cancelled(file.path());
    }
    MemorySegment target = memory.segment(Arena.global());
    return file.readAsync(fileOffset + byteSize, target.asSlice(byteSize, capacity - byteSize));
  }

  /// Takes note of a read that has ended.
  ///
  /// @return whether another one is to follow
  private boolean took(CompletableFuture<Integer> read) {
    int count = read.join();
    byteSize += count;
    return count > 0 && byteSize < capacity;
  }

  private void readToEnd(long maxSize) throws FileException {
    while (fill(capacity) == capacity) {
      grow();
      if (byteSize > maxSize) {
        break;
      }
    }
    if (byteSize > maxSize) {
      throw tooLarge(file.path(), byteSize, maxSize);
    }
  }

  /// Reads until so many bytes are there or the file ends.
  private long fill(long end) throws FileException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target = memory.segment(arena);
      while (byteSize < end) {
        if (!wanted.getAsBoolean()) {
          throw Failures.cancelled(file.path());
        }
        int count = file.read(fileOffset + byteSize, target.asSlice(byteSize, end - byteSize));
        if (count == 0) {
          break;
        }
        byteSize += count;
      }
      return byteSize;
    }
  }

  private void grow() throws FileException {
    ReservedMemory target = reserved(2 * capacity);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment.copy(memory.segment(arena), 0, target.segment(arena), 0, byteSize);
    }
    free();
    memory = target;
    capacity *= 2;
  }

  @SuppressWarnings("MustBeClosed") // with the copy
  private ReservedMemory reserved(long size) throws FileException {
    Path path = file.path();
    return ReservedMemory.allocate(runtime.engine(), runtime.budget().reserveNow(size, path), path);
  }

  private void free() {
    memory.close();
  }
}
