package io.filewright;

import io.filewright.spi.SymlinkPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// How to open a file. Start with [#readOnly] and change what differs:
///
/// ```java
/// OpenOptions.readOnly().withPrefault(Prefault.ALL).withTimeout(Duration.ofSeconds(5))
/// ```
///
/// Immutable; safe to share.
///
/// @param mode fixes the type of the region
/// @param range the part of the file; the default is all of it
/// @param advice how the region is going to be used; NORMAL by default
/// @param prefault what is in memory when the region is ready; AUTO by default
/// @param guard what protects it; CHECKED by default
/// @param symlinks what to do about symbolic links; FOLLOW by default
/// @param beneath a directory which the path, relative to it, must not leave, neither by `..` nor
///   by links
/// @param residence whether the pages may leave memory again; PAGEABLE by default
/// @param timeout the longest time from the start of the load until the region is ready
/// @param maxSize the largest region that is acceptable, in bytes; no limit by default
/// @param <R> the region's type
public record OpenOptions<R extends MmapRegion>(
    OpenMode<R> mode,
    ByteRange range,
    MmapAdvice advice,
    Prefault prefault,
    Guard guard,
    SymlinkPolicy symlinks,
    Optional<Path> beneath,
    Residence residence,
    Optional<Duration> timeout,
    long maxSize) {

  /// Whether a region's pages may leave memory.
  public enum Residence {
    /// The kernel takes them when it needs to.
    PAGEABLE,
    /// They are locked in memory (mlock) before the region is ready, and until it is closed.
    LOCKED
  }

  public OpenOptions {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(range, "range");
    Objects.requireNonNull(advice, "advice");
    Objects.requireNonNull(prefault, "prefault");
    Objects.requireNonNull(guard, "guard");
    Objects.requireNonNull(symlinks, "symlinks");
    Objects.requireNonNull(residence, "residence");
    if (timeout.isPresent() && !timeout.get().isPositive()) {
      throw new IllegalArgumentException("timeout: " + timeout.get());
    }
    if (maxSize < 0) {
      throw new IllegalArgumentException("maxSize: " + maxSize);
    }
  }

  /// Read-only, and the defaults for everything else.
  public static OpenOptions<MmapRegion> readOnly() {
    return new OpenOptions<>(
        OpenMode.READ_ONLY,
        ByteRange.ALL,
        MmapAdvice.NORMAL,
        Prefault.AUTO,
        Guard.CHECKED,
        SymlinkPolicy.FOLLOW,
        Optional.empty(),
        Residence.PAGEABLE,
        Optional.empty(),
        Long.MAX_VALUE);
  }

  /// Another mode, and with it another type of region; everything else stays.
  public <T extends MmapRegion> OpenOptions<T> withMode(OpenMode<T> newMode) {
    return new OpenOptions<>(
        newMode, range, advice, prefault, guard, symlinks, beneath, residence, timeout, maxSize);
  }

  /// Only the bytes `[from, to)` of the file.
  public OpenOptions<R> withRange(long from, long to) {
    return new OpenOptions<>(
        mode,
        new ByteRange(from, to),
        advice,
        prefault,
        guard,
        symlinks,
        beneath,
        residence,
        timeout,
        maxSize);
  }

  public OpenOptions<R> withAdvice(MmapAdvice newAdvice) {
    return new OpenOptions<>(
        mode, range, newAdvice, prefault, guard, symlinks, beneath, residence, timeout, maxSize);
  }

  public OpenOptions<R> withPrefault(Prefault newPrefault) {
    return new OpenOptions<>(
        mode, range, advice, newPrefault, guard, symlinks, beneath, residence, timeout, maxSize);
  }

  public OpenOptions<R> withGuard(Guard newGuard) {
    return new OpenOptions<>(
        mode, range, advice, prefault, newGuard, symlinks, beneath, residence, timeout, maxSize);
  }

  public OpenOptions<R> withSymlinks(SymlinkPolicy policy) {
    return new OpenOptions<>(
        mode, range, advice, prefault, guard, policy, beneath, residence, timeout, maxSize);
  }

  /// The path is relative to this directory and must not leave it.
  public OpenOptions<R> beneath(Path root) {
    return new OpenOptions<>(
        mode,
        range,
        advice,
        prefault,
        guard,
        symlinks,
        Optional.of(root),
        residence,
        timeout,
        maxSize);
  }

  /// Locks the region in memory: no page of it waits for the disk until it is closed.
  public OpenOptions<R> withLockInMemory() {
    return new OpenOptions<>(
        mode,
        range,
        advice,
        prefault,
        guard,
        symlinks,
        beneath,
        Residence.LOCKED,
        timeout,
        maxSize);
  }

  /// A load that takes longer fails with [io.filewright.error.Timeout] and releases what it held.
  public OpenOptions<R> withTimeout(Duration newTimeout) {
    return new OpenOptions<>(
        mode,
        range,
        advice,
        prefault,
        guard,
        symlinks,
        beneath,
        residence,
        Optional.of(newTimeout),
        maxSize);
  }

  /// A larger region is refused with [io.filewright.error.TooLarge].
  public OpenOptions<R> withMaxSize(long byteSize) {
    return new OpenOptions<>(
        mode, range, advice, prefault, guard, symlinks, beneath, residence, timeout, byteSize);
  }
}
