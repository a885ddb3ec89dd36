package io.filewright.internal.blocks;

import io.filewright.MmapAdvice;
import io.filewright.MmapRegion;
import io.filewright.error.FileException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Brings a mapping in, and lets go of it, by stretches of several MiB: a call to the kernel and a
/// hand-over between threads for each block would cost more than the copy that a mapping saves.
///
/// A stretch is brought in when the first block in it is begun, and let go when no begun block lies
/// in it any more. So that this is once, the next block has to be begun before one is closed: see
/// [#blocksAhead]. May be used by several threads.
final class Stretches {

  private static final long STRETCH_BYTES = 8L << 20;

  /// Blocks of less than 128 KiB are begun less than a stretch ahead: each takes memory on the
  /// heap.
  private static final int MOST_AHEAD = 64;

  private final MmapRegion region;

  /// By number; guarded by this.
  private final Map<Long, Stretch> open = new HashMap<>();

  Stretches(MmapRegion region) {
    this.region = region;
  }

  /// How many blocks to begin before the first of them is awaited, at least 2: if they are not
  /// small, the stretch behind the one that is worked on is on its way.
  static int blocksAhead(long blockBytes) {
    return (int) Math.min(MOST_AHEAD, Math.ceilDiv(STRETCH_BYTES, blockBytes) + 1);
  }

  /// A block in `[from, to)` is begun.
  synchronized void enter(long from, long to) {
    for (long number = first(from); number <= last(to); number++) {
      open.computeIfAbsent(number, this::begin).blocks++;
    }
  }

  /// Waits until all of `[from, to)` is in memory. What fails elsewhere in a stretch is not this
  /// block's failure.
  void await(long from, long to) throws FileException {
    for (long number = first(from); number <= last(to); number++) {
      try {
        loaded(number).join();
      } catch (CompletionException | CancellationException _) {
        bringIn(from, to);
        return;
      }
    }
  }

  /// A block in `[from, to)` is closed, or nobody wants it any more.
  void leave(long from, long to) {
    for (long number = first(from); number <= last(to); number++) {
      if (isLastIn(number)) {
        letGo(number);
      }
    }
  }

  private Stretch begin(long number) {
    return new Stretch(region.prefetch(start(number), start(number + 1)));
  }

  private synchronized CompletableFuture<Void> loaded(long number) {
    return stretch(number).loaded;
  }

  private synchronized boolean isLastIn(long number) {
    var stretch = stretch(number);
    if (--stretch.blocks > 0) {
      return false;
    }
    open.remove(number);
    stretch.loaded.cancel(false);
    return true;
  }

  private Stretch stretch(long number) {
    return Objects.requireNonNull(open.get(number), "a block was closed twice");
  }

  /// Whole pages only.
  private void letGo(long number) {
    long from = start(number);
    long to = start(number + 1) & -Buffer.PAGE;
    try {
      if (from < to) {
        region.advise(MmapAdvice.DONT_NEED, from, to);
      }
    } catch (FileException | IllegalStateException _) {
      // Advice: the pages go with the mapping at the latest.
    }
  }

  private void bringIn(long from, long to) throws FileException {
    try {
      region.prefetch(from, to).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof FileException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private long start(long number) {
    return Math.min(number * STRETCH_BYTES, region.byteSize());
  }

  private static long first(long from) {
    return from / STRETCH_BYTES;
  }

  private static long last(long to) {
    return (to - 1) / STRETCH_BYTES;
  }

  private static final class Stretch {

    final CompletableFuture<Void> loaded;
    int blocks;

    Stretch(CompletableFuture<Void> loaded) {
      this.loaded = loaded;
    }
  }
}
