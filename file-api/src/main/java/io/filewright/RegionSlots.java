package io.filewright;

import io.filewright.error.FailureDetails;
import io.filewright.error.TooManyRegions;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/// The cap on live regions, of a runtime and of the process. A full map table makes the JVM itself
/// fail to commit memory, which kills it, so the cap lies far below.
final class RegionSlots {

  private static final AtomicLong PROCESS = new AtomicLong();

  private final AtomicLong taken;
  private final long runtimeCap;
  private final long processCap;

  /// @param taken counts the runtime's regions
  RegionSlots(AtomicLong taken, long runtimeCap, long processCap) {
    this.taken = taken;
    this.runtimeCap = Math.min(runtimeCap, processCap);
    this.processCap = processCap;
  }

  long cap() {
    return runtimeCap;
  }

  void take(Path path) throws TooManyRegions {
    if (!increment(taken, runtimeCap)) {
      throw full(path, runtimeCap);
    }
    if (!increment(PROCESS, processCap)) {
      taken.decrementAndGet();
      throw full(path, processCap);
    }
  }

  void giveBack() {
    PROCESS.decrementAndGet();
    taken.decrementAndGet();
  }

  private static boolean increment(AtomicLong counter, long cap) {
    return counter.getAndUpdate(n -> n < cap ? n + 1 : n) < cap;
  }

  private static TooManyRegions full(Path path, long cap) {
    return new TooManyRegions(
        FailureDetails.of(
            path,
            "map",
            "there are " + cap + " live regions, and no more are allowed",
            "Close regions that are no longer used; for a higher cap raise the descriptor limit"
                + " (ulimit -n) or the runtime's maxRegions"));
  }
}
