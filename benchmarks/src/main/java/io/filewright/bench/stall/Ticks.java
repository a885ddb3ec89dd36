package io.filewright.bench.stall;

import io.filewright.bench.Outcome;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// The gaps between ticks that are due every millisecond. Used by one thread at a time.
final class Ticks {

  static final String P99_9 = "p99.9 ms";

  private static final int DIGITS = 3;

  /// The control would take hours over all its ticks: a round ends when they should be long over.
  private static final long LONGEST_NANOS = 2_000_000;

  private final Histogram gaps = new Histogram(DIGITS);
  private long start;
  private long last;

  void begin() {
    start = System.nanoTime();
    last = start;
  }

  void tick() {
    long now = System.nanoTime();
    gaps.recordValue(now - last);
    last = now;
  }

  /// Whether there were enough of them, or so few that the time is over.
  boolean areEnough(int wanted) {
    return gaps.getTotalCount() >= wanted || last - start >= wanted * LONGEST_NANOS;
  }

  /// @param loads how many files were loaded meanwhile
  Outcome outcome(long loads) {
    return Outcome.of(
        last - start,
        gaps.getTotalCount(),
        Map.of(
            "p50 ms",
            millis(50),
            "p99 ms",
            millis(99),
            P99_9,
            millis(99.9),
            "max ms",
            gaps.getMaxValue() / 1e6,
            "ticks",
            (double) gaps.getTotalCount(),
            "files",
            (double) loads));
  }

  private double millis(double percentile) {
    return gaps.getValueAtPercentile(percentile) / 1e6;
  }
}
