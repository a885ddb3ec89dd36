package io.filewright;

import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.TooLarge;
import io.filewright.error.Truncated;
import io.filewright.error.Unsupported;
import io.filewright.event.FilePlacementEvent;
import io.filewright.internal.region.CheckedMemory;
import io.filewright.internal.region.DirtyPages;
import io.filewright.internal.region.EmptyMapping;
import io.filewright.internal.region.LeasedMapping;
import io.filewright.internal.region.Lifetime;
import io.filewright.internal.region.PrivateMemory;
import io.filewright.internal.region.RegionMemory;
import io.filewright.internal.region.Releases;
import io.filewright.internal.region.Revocation;
import io.filewright.internal.region.SharedMemory;
import io.filewright.internal.region.UncheckedMemory;
import io.filewright.spi.FileLease;
import io.filewright.spi.MapProtection;
import io.filewright.spi.MapRequest;
import io.filewright.spi.Mapping;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.Arena;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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
  /// @param copyBytes up to which size it is copied where the options leave the choice
  record Extent(long byteOffset, long byteSize, long copyBytes) {}

  Extent extent(OpenedFile file) throws FileException {
    return extent(file, file.size());
  }

  /// What part of the file needs space on the disk before it is mapped: what is asked for, and
  /// whatever makes the file as long as it is to be.
  ///
  /// @return empty if it is not mapped for writing, or nothing of it is
  Optional<Extent> toReserve(OpenedFile file) throws FileException {
    if (options.mode().protection() != MapProtection.READ_WRITE) {
      return Optional.empty();
    }
    Extent extent = extent(file, Math.max(file.size(), options.lookup().fileSize()));
    long from = extent.byteOffset();
    long to = Math.max(from + extent.byteSize(), options.lookup().fileSize());
    if (to == 0) {
      new FileSystemRules(file.fileSystem()).checkWritable(file.path());
    }
    return to > from ? Optional.of(new Extent(from, to - from, 0)) : Optional.empty();
  }

  /// Locks the file, if that is asked for; never waits.
  void lock(OpenedFile file) throws FileException {
    if (options.lookup().locking().isPresent()) {
      file.lock(options.lookup().locking().get());
    }
  }

  private Extent extent(OpenedFile file, long fileSize) throws FileException {
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
    long byteSize = to - range.from();
    checkSize(file, byteSize);
    return new Extent(range.from(), byteSize, copyBytes(file, byteSize));
  }

  /// The file system is asked only about files that it makes a difference to: that takes about as
  /// long as asking for the size.
  private long copyBytes(OpenedFile file, long byteSize) throws FileException {
    var event = new FilePlacementEvent();
    boolean matters =
        leavesChoice() && byteSize > COPY_BYTES && byteSize <= FileSystemRules.MOST_COPY_BYTES;
    if (!matters && !event.isEnabled()) {
      return COPY_BYTES;
    }
    var rules = new FileSystemRules(file.fileSystem());
    if (event.shouldCommit()) {
      event.path = file.path().toString();
      event.fileSystem = rules.fileSystem().name();
      event.kind = rules.fileSystem().kind().name();
      event.copyBytes = rules.copyBytes();
      event.reason = rules.reason().orElse(null);
      event.commit();
    }
    long free = runtime.budget().limitBytes() - runtime.budget().usedBytes();
    return byteSize <= free ? rules.copyBytes() : COPY_BYTES;
  }

  /// Whether the file is to be copied though it could perhaps be mapped: it is small, or it does
  /// not say how long it is.
  boolean prefersCopy(Extent extent) {
    return options.mode().protection() != MapProtection.READ_WRITE
        && options.guard() != Guard.KERNEL_LEASE
        && !keepsLock()
        && (extent.byteSize() == 0 || isCheaperCopied(extent));
  }

  /// Whether the file stays locked as long as there is a region, so that its descriptor has to
  /// stay. A snapshot needs the lock only while it is made.
  private boolean keepsLock() {
    return options.lookup().locking().isPresent() && options.guard() != Guard.SNAPSHOT;
  }

  private boolean isCheaperCopied(Extent extent) {
    return extent.byteSize() <= extent.copyBytes() && leavesChoice();
  }

  private boolean leavesChoice() {
    return options.mode().protection() != MapProtection.READ_WRITE
        && options.prefault() == Prefault.AUTO
        && options.advice() == MmapAdvice.NORMAL
        && options.residence() == OpenOptions.Residence.PAGEABLE;
  }

  /// Maps it.
  ///
  /// @return the region, which owns the file; empty if this file cannot be mapped, and is to be
  ///   copied
  Optional<R> map(OpenedFile file, Extent extent) throws FileException {
    runtime.slots().take(file.path());
    boolean mapped = false;
    try {
      R region =
          switch (options.guard()) {
            case CHECKED, NONE -> mapped(file, extent);
            case SNAPSHOT -> mappedSnapshot(file);
            case KERNEL_LEASE -> mappedUnderLease(file);
          };
      mapped = true;
      return Optional.of(region);
    } catch (Unsupported e) {
      if (options.mode().protection() == MapProtection.READ_WRITE
          || options.guard() == Guard.KERNEL_LEASE
          || keepsLock()) {
        throw e;
      }
      return Optional.empty();
    } finally {
      if (!mapped) {
        runtime.slots().giveBack();
      }
    }
  }

  /// A file that shares the blocks of the original and that nobody else has open, so it is as good
  /// as unguarded. The original may have become shorter before.
  private R mappedSnapshot(OpenedFile file) throws FileException {
    OpenedFile clone = file.reflink();
    boolean mapped = false;
    try {
      R region = mapped(clone, extent(clone));
      mapped = true;
      return region;
    } finally {
      if (mapped) {
        Releases.close(file.path(), file, runtime.counters());
      } else {
        Releases.close(file.path(), clone, runtime.counters());
      }
    }
  }

  /// The lease first: from then on the size that is asked stays.
  private R mappedUnderLease(OpenedFile file) throws FileException {
    new FileSystemRules(file.fileSystem()).checkLease(file.path());
    var revocation = new Revocation();
    FileLease lease = file.lease(revocation::revoke);
    boolean mapped = false;
    try {
      Extent extent = extent(file);
      var mapping = new LeasedMapping(file.path(), mapping(file, extent), lease, revocation);
      mapped = true;
      return owner(file, mapping, extent, revocation, mapping::heldBy);
    } finally {
      if (!mapped) {
        lease.close();
      }
    }
  }

  private R mapped(OpenedFile file, Extent extent) throws FileException {
    if (extent.byteSize() == 0 && keepsLock()) {
      refuseUnknownSize(file);
    }
    return owner(file, mapping(file, extent), extent, Revocation.NEVER, _ -> {});
  }

  /// A file that does not say how long it is has to be copied, and then nothing holds its lock.
  private void refuseUnknownSize(OpenedFile file) throws FileException {
    try (Arena arena = Arena.ofConfined()) {
      if (options.range().to() == ByteRange.END_OF_FILE
          && file.read(options.range().from(), arena.allocate(1)) > 0) {
        throw new Unsupported(
            FailureDetails.of(
                file.path(),
                "lock",
                "the file does not say how long it is, so it is copied, and a copy is not locked",
                "Open it without a lock"));
      }
    }
  }

  private Mapping mapping(OpenedFile file, Extent extent) throws FileException {
    MapProtection protection = options.mode().protection();
    return extent.byteSize() == 0
        ? EmptyMapping.INSTANCE
        : file.map(new MapRequest(extent.byteOffset(), extent.byteSize(), protection));
  }

  /// The region that owns file and mapping.
  ///
  /// @param begun is told the lifetime before anybody else sees the region
  private R owner(
      OpenedFile file,
      Mapping mapping,
      Extent extent,
      Revocation revocation,
      Consumer<Lifetime> begun) {
    var counters = runtime.counters();
    RegionMemory memory = memory(file, mapping, extent);
    counters.mappedBytes.addAndGet(extent.byteSize());
    var lifetime =
        new Lifetime(
            () -> {
              long mappedBytes = memory.mapping().byteSize();
              memory.free();
              counters.openDescriptors.decrementAndGet();
              counters.mappedBytes.addAndGet(-mappedBytes);
              runtime.slots().giveBack();
            });
    begun.accept(lifetime);
    R region = region(memory, lifetime, extent.byteSize(), revocation);
    revocation.follow(lifetime);
    return region;
  }

  private RegionMemory memory(OpenedFile file, Mapping mapping, Extent extent) {
    long offset = extent.byteOffset();
    var counters = runtime.counters();
    return switch (options.mode().protection()) {
      case READ_WRITE -> new SharedMemory(file, mapping, offset, counters);
      case COPY_ON_WRITE -> new PrivateMemory(file, mapping, offset, counters, dirtyPages(file));
      case READ_ONLY ->
          options.guard() == Guard.CHECKED
              ? new CheckedMemory(file, mapping, offset, counters)
              : new UncheckedMemory(file, mapping, offset, counters);
    };
  }

  private DirtyPages dirtyPages(OpenedFile file) {
    int pageSize = runtime.engine().pageSize();
    return new DirtyPages(file.path(), runtime.budget(), pageSize, options.range().from());
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
    return copied(copy);
  }

  /// The same without blocking. It can be done if the extent is known not to be empty.
  CompletionStage<R> copyAsync(OpenedFile file, Extent extent, BooleanSupplier wanted)
      throws FileException {
    runtime.slots().take(file.path());
    CompletionStage<FileCopy> copy = null;
    try {
      copy = FileCopy.begin(file, extent, runtime, wanted);
    } finally {
      if (copy == null) {
        runtime.slots().giveBack();
      }
    }
    return copy.whenComplete(
            (_, error) -> {
              if (error != null) {
                runtime.slots().giveBack();
              }
            })
        .thenApply(this::copied);
  }

  private R copied(FileCopy copy) {
    long byteSize = copy.byteSize();
    RegionMemory memory = copy.memory(options.mode());
    runtime.counters().copiedBytes.addAndGet(byteSize);
    var lifetime =
        new Lifetime(
            () -> {
              memory.free();
              runtime.counters().copiedBytes.addAndGet(-byteSize);
              runtime.slots().giveBack();
            });
    return region(memory, lifetime, byteSize, Revocation.NEVER);
  }

  private R region(RegionMemory memory, Lifetime lifetime, long byteSize, Revocation revocation) {
    return options
        .mode()
        .region(
            new RegionParts(
                memory,
                lifetime,
                0,
                byteSize,
                options.guard(),
                revocation,
                runtime.services(),
                site));
  }

  private void checkSize(OpenedFile file, long byteSize) throws TooLarge {
    if (byteSize > options.limits().maxSize()) {
      throw FileCopy.tooLarge(file.path(), byteSize, options.limits().maxSize());
    }
  }
}
