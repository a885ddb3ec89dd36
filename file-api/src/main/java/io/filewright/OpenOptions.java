package io.filewright;

import io.filewright.spi.FileLocking;
import io.filewright.spi.MapProtection;
import io.filewright.spi.OpenIntent;
import io.filewright.spi.SymlinkPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// How to open a file. Start with [#readOnly], [#readWrite], [#create] or [#copyOnWrite] and change
/// what differs:
///
/// ```java
/// OpenOptions.readOnly().withPrefault(Prefault.ALL).withTimeout(Duration.ofSeconds(5))
/// ```
///
/// Immutable; safe to share.
///
/// @param mode fixes the type of the region
/// @param memory how the region's memory is to be
/// @param lookup which file it is and how it is found
/// @param limits when to give up
/// @param <R> the region's type
public record OpenOptions<R extends MmapRegion>(
    OpenMode<R> mode, Memory memory, Lookup lookup, Limits limits) {

  /// Whether a region's pages may leave memory.
  public enum Residence {
    /// The kernel takes them when it needs to.
    PAGEABLE,
    /// They are locked in memory (mlock) before the region is ready, and until it is closed.
    LOCKED
  }

  /// How a region's memory is to be.
  ///
  /// @param range the part of the file; the default is all of it
  /// @param advice how the region is going to be used; NORMAL by default
  /// @param prefault what is in memory when the region is ready; AUTO by default
  /// @param guard what protects it; CHECKED by default
  /// @param residence whether the pages may leave memory again; PAGEABLE by default
  public record Memory(
      ByteRange range, MmapAdvice advice, Prefault prefault, Guard guard, Residence residence) {

    static final Memory DEFAULT =
        new Memory(
            ByteRange.ALL, MmapAdvice.NORMAL, Prefault.AUTO, Guard.CHECKED, Residence.PAGEABLE);

    public Memory {
      Objects.requireNonNull(range, "range");
      Objects.requireNonNull(advice, "advice");
      Objects.requireNonNull(prefault, "prefault");
      Objects.requireNonNull(guard, "guard");
      Objects.requireNonNull(residence, "residence");
    }
  }

  /// Which file it is and how it is found.
  ///
  /// @param intent whether it is created
  /// @param fileSize how long the file is to be at least, in bytes; only for writing
  /// @param symlinks what to do about symbolic links; FOLLOW by default
  /// @param beneath a directory which the path, relative to it, must not leave, neither by `..` nor
  ///   by links
  /// @param locking how the file is locked against others until the region is closed
  public record Lookup(
      OpenIntent intent,
      long fileSize,
      SymlinkPolicy symlinks,
      Optional<Path> beneath,
      Optional<FileLocking> locking) {

    public Lookup {
      Objects.requireNonNull(intent, "intent");
      Objects.requireNonNull(symlinks, "symlinks");
      if (fileSize < 0) {
        throw new IllegalArgumentException("fileSize: " + fileSize);
      }
      if (!intent.writes()
          && (fileSize > 0 || locking.equals(Optional.of(FileLocking.EXCLUSIVE)))) {
        throw new IllegalArgumentException(
            "Only a file that is opened for writing can be made longer or locked exclusively.");
      }
    }

    static Lookup of(OpenIntent intent, long fileSize) {
      return new Lookup(intent, fileSize, SymlinkPolicy.FOLLOW, Optional.empty(), Optional.empty());
    }
  }

  /// When to give up.
  ///
  /// @param timeout the longest time from the start of the load until the region is ready
  /// @param maxSize the largest region that is acceptable, in bytes; no limit by default
  public record Limits(Optional<Duration> timeout, long maxSize) {

    static final Limits NONE = new Limits(Optional.empty(), Long.MAX_VALUE);

    public Limits {
      if (timeout.isPresent() && !timeout.get().isPositive()) {
        throw new IllegalArgumentException("timeout: " + timeout.get());
      }
      if (maxSize < 0) {
        throw new IllegalArgumentException("maxSize: " + maxSize);
      }
    }
  }

  public OpenOptions {
    Objects.requireNonNull(mode, "mode");
    boolean writes = mode.protection() == MapProtection.READ_WRITE;
    if (writes != lookup.intent().writes()) {
      throw new IllegalArgumentException(mode + " with a file opened to " + lookup.intent());
    }
    if (writes && memory.guard().isStrong()) {
      throw new IllegalArgumentException(
          memory.guard() + " is for reading: what is written to the file must reach it");
    }
  }

  /// Read-only, and the defaults for everything else.
  public static OpenOptions<MmapRegion> readOnly() {
    return of(OpenMode.READ_ONLY, Lookup.of(OpenIntent.READ, 0));
  }

  /// An existing file, to be written as well.
  public static OpenOptions<WritableRegion> readWrite() {
    return of(OpenMode.READ_WRITE, Lookup.of(OpenIntent.UPDATE, 0));
  }

  /// A file to be written, created if there is none.
  ///
  /// @param fileSize how long it is at least when the region is ready, in bytes
  public static OpenOptions<WritableRegion> create(long fileSize) {
    return of(OpenMode.READ_WRITE, Lookup.of(OpenIntent.CREATE, fileSize));
  }

  /// A new file; if there is one of that name, the open fails with
  /// [io.filewright.error.AlreadyExists].
  ///
  /// @param fileSize how long it is, in bytes
  public static OpenOptions<WritableRegion> createNew(long fileSize) {
    return of(OpenMode.READ_WRITE, Lookup.of(OpenIntent.CREATE_NEW, fileSize));
  }

  /// A private version of a file, which need only be readable.
  public static OpenOptions<CopyOnWriteRegion> copyOnWrite() {
    return of(OpenMode.COPY_ON_WRITE, Lookup.of(OpenIntent.READ, 0));
  }

  private static <T extends MmapRegion> OpenOptions<T> of(OpenMode<T> mode, Lookup lookup) {
    return new OpenOptions<>(mode, Memory.DEFAULT, lookup, Limits.NONE);
  }

  /// Another mode, and with it another type of region; everything else stays, but that a file is
  /// created or locked exclusively only for writing.
  public <T extends MmapRegion> OpenOptions<T> withMode(OpenMode<T> newMode) {
    boolean writes = newMode.protection() == MapProtection.READ_WRITE;
    if (writes == lookup.intent().writes()) {
      return new OpenOptions<>(newMode, memory, lookup, limits);
    }
    OpenIntent intent = writes ? OpenIntent.UPDATE : OpenIntent.READ;
    Optional<FileLocking> locking =
        writes ? lookup.locking() : lookup.locking().map(_ -> FileLocking.SHARED);
    return new OpenOptions<>(
        newMode,
        memory,
        new Lookup(intent, 0, lookup.symlinks(), lookup.beneath(), locking),
        limits);
  }

  /// Only the bytes `[from, to)` of the file.
  public OpenOptions<R> withRange(long from, long to) {
    var range = new ByteRange(from, to);
    return with(new Memory(range, advice(), prefault(), guard(), residence()));
  }

  public OpenOptions<R> withAdvice(MmapAdvice advice) {
    return with(new Memory(range(), advice, prefault(), guard(), residence()));
  }

  public OpenOptions<R> withPrefault(Prefault prefault) {
    return with(new Memory(range(), advice(), prefault, guard(), residence()));
  }

  public OpenOptions<R> withGuard(Guard guard) {
    return with(new Memory(range(), advice(), prefault(), guard, residence()));
  }

  /// Locks the region in memory: no page of it waits for the disk until it is closed.
  public OpenOptions<R> withLockInMemory() {
    return with(new Memory(range(), advice(), prefault(), guard(), Residence.LOCKED));
  }

  public OpenOptions<R> withSymlinks(SymlinkPolicy symlinks) {
    return with(
        new Lookup(
            lookup.intent(), lookup.fileSize(), symlinks, lookup.beneath(), lookup.locking()));
  }

  /// The path is relative to this directory and must not leave it.
  public OpenOptions<R> beneath(Path root) {
    return with(
        new Lookup(
            lookup.intent(),
            lookup.fileSize(),
            lookup.symlinks(),
            Optional.of(root),
            lookup.locking()));
  }

  /// Locks the file against others who ask for locks, until the region is closed; under
  /// [Guard#SNAPSHOT] until the snapshot is made. If somebody holds a lock that excludes this one,
  /// the open fails with [io.filewright.error.InUse]; it never waits.
  public OpenOptions<R> withFileLock(FileLocking locking) {
    return with(
        new Lookup(
            lookup.intent(),
            lookup.fileSize(),
            lookup.symlinks(),
            lookup.beneath(),
            Optional.of(locking)));
  }

  /// A load that takes longer fails with [io.filewright.error.Timeout] and releases what it held.
  public OpenOptions<R> withTimeout(Duration timeout) {
    return with(new Limits(Optional.of(timeout), limits.maxSize()));
  }

  /// A larger region is refused with [io.filewright.error.TooLarge].
  public OpenOptions<R> withMaxSize(long byteSize) {
    return with(new Limits(limits.timeout(), byteSize));
  }

  /// The part of the file.
  public ByteRange range() {
    return memory.range();
  }

  /// How the region is going to be used.
  public MmapAdvice advice() {
    return memory.advice();
  }

  /// What is in memory when the region is ready.
  public Prefault prefault() {
    return memory.prefault();
  }

  /// What protects it.
  public Guard guard() {
    return memory.guard();
  }

  /// Whether the pages may leave memory again.
  public Residence residence() {
    return memory.residence();
  }

  private OpenOptions<R> with(Memory newMemory) {
    return new OpenOptions<>(mode, newMemory, lookup, limits);
  }

  private OpenOptions<R> with(Lookup newLookup) {
    return new OpenOptions<>(mode, memory, newLookup, limits);
  }

  private OpenOptions<R> with(Limits newLimits) {
    return new OpenOptions<>(mode, memory, lookup, newLimits);
  }
}
