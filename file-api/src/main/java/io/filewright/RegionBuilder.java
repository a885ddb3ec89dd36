package io.filewright;

import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.TooLarge;
import io.filewright.error.Truncated;
import io.filewright.error.Unsupported;
import io.filewright.internal.region.CheckedMemory;
import io.filewright.internal.region.Lifetime;
import io.filewright.internal.region.RegionMemory;
import io.filewright.internal.region.UncheckedMemory;
import io.filewright.spi.MapRequest;
import io.filewright.spi.Mapping;
import io.filewright.spi.OpenedFile;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Makes a region of an opened file: a mapping if it can be, else a copy.
///
/// @param <R> the region's type
final class RegionBuilder<R extends MmapRegion> {

  /// Up to this size a copy is made where the options leave the choice ([Prefault#AUTO]): open,
  /// read, free cost a third of open, map, populate, unmap (4 KiB: 4 us against 11 us; 64 KiB: 7
  /// against 20), and no descriptor is held. A copy wins beyond it too, but holds memory that the
  /// kernel cannot take back.
  static final long COPY_BYTES = 64 << 10;

  private final FileRuntime runtime;
  private final OpenOptions<R> options;
  private final @Nullable Throwable site;

  RegionBuilder(FileRuntime runtime, OpenOptions<R> options, @Nullable Throwable site) {
    this.runtime = runtime;
    this.options = options;
    this.site = site;
  }

  /// What part of the file is asked for, now that its size is known.
  ///
  /// @param byteSize 0 also when the file does not say how long it is
  record Extent(long byteOffset, long byteSize) {}

  Extent extent(OpenedFile file) throws FileException {
    long fileSize = file.size();
    ByteRange range = options.range();
    long to = range.to() == ByteRange.END_OF_FILE ? Math.max(fileSize, range.from()) : range.to();
    if (range.from() > fileSize || to > fileSize) {
      throw new Truncated(
          FailureDetails.of(
                  file.path(),
                  "map",
                  "the file ends at byte " + fileSize + ", before the end of the range",
                  "Check the range that is asked for")
              .withRange(range.from(), to - range.from()));
    }
    checkSize(file, to - range.from());
    return new Extent(range.from(), to - range.from());
  }

  /// Whether the file is to be copied though it could perhaps be mapped: it is small, or it does
  /// not say how long it is.
  boolean prefersCopy(Extent extent) {
    return extent.byteSize() == 0
        || (extent.byteSize() <= COPY_BYTES
            && options.prefault() == Prefault.AUTO
            && options.advice() == MmapAdvice.NORMAL
            && options.residence() == OpenOptions.Residence.PAGEABLE);
  }

  /// Maps it.
  ///
  /// @return the region, which owns the file; empty if this file cannot be mapped
  Optional<R> map(OpenedFile file, Extent extent) throws FileException {
    runtime.slots().take(file.path());
    Mapping mapping = null;
    try {
      mapping = file.map(new MapRequest(extent.byteOffset(), extent.byteSize()));
    } catch (Unsupported _) {
      return Optional.empty();
    } finally {
      if (mapping == null) {
        runtime.slots().giveBack();
      }
    }
    var counters = runtime.counters();
    RegionMemory memory =
        switch (options.guard()) {
          case CHECKED -> new CheckedMemory(file, mapping, extent.byteOffset(), counters);
          case NONE -> new UncheckedMemory(file, mapping, extent.byteOffset(), counters);
        };
    counters.mappedBytes.addAndGet(extent.byteSize());
    var lifetime =
        new Lifetime(
            () -> {
              memory.free();
              counters.openDescriptors.decrementAndGet();
              counters.mappedBytes.addAndGet(-extent.byteSize());
              runtime.slots().giveBack();
            });
    return Optional.of(region(memory, lifetime, extent.byteSize()));
  }

  /// Copies it, with reads that block.
  ///
  /// @param wanted asked before each read; if it says no, the copy ends
  /// @return the region; the file stays the caller's
  R copy(OpenedFile file, Extent extent, BooleanSupplier wanted) throws FileException {
    runtime.slots().take(file.path());
    FileCopy copy = null;
    try {
      copy = FileCopy.of(file, extent, options, runtime, wanted);
    } finally {
      if (copy == null) {
        runtime.slots().giveBack();
      }
    }
    long byteSize = copy.byteSize();
    RegionMemory memory = copy.memory();
    runtime.counters().copiedBytes.addAndGet(byteSize);
    var lifetime =
        new Lifetime(
            () -> {
              memory.free();
              runtime.counters().copiedBytes.addAndGet(-byteSize);
              runtime.slots().giveBack();
            });
    return region(memory, lifetime, byteSize);
  }

  private R region(RegionMemory memory, Lifetime lifetime, long byteSize) {
    return options
        .mode()
        .region(
            new RegionParts(
                memory, lifetime, 0, byteSize, options.guard(), runtime.services(), site));
  }

  private void checkSize(OpenedFile file, long byteSize) throws TooLarge {
    if (byteSize > options.maxSize()) {
      throw FileCopy.tooLarge(file.path(), byteSize, options.maxSize());
    }
  }
}
