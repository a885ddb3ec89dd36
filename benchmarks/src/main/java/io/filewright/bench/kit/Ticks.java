package io.filewright.bench.kit;

import io.filewright.bench.Outcome;
import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// The gaps between ticks that are due every millisecond. Used by one thread at a time.
public final class Ticks {

  /// Name of the figure: 99.9 % of the gaps are not longer.
  public static final String P99_9 = "p99.9 ms";

  private static final int DIGITS = 3;

  /// The control would take hours over all its ticks: a round ends when they should be long over.
  private static final long LONGEST_NANOS = 2_000_000;

  private final Histogram gaps = new Histogram(DIGITS);
  private long start;
  private long last;

  /// Starts the clock.
  public void begin() {
    start = System.nanoTime();
    last = start;
  }

  /// One has come.
  public void tick() {
    long now = System.nanoTime();
    gaps.recordValue(now - last);
    last = now;
  }

  /// Whether there were enough of them, or so few that the time is over.
  public boolean areEnough(int wanted) {
    return gaps.getTotalCount() >= wanted || last - start >= wanted * LONGEST_NANOS;
  }

  /// Counts those of another clock, too.
  public void add(Ticks others) {
    gaps.add(others.gaps);
  }

  /// What a round came to.
  ///
  /// @param loads how many files were loaded meanwhile
  public Outcome outcome(long loads) {
    var metrics = metrics();
    metrics.put("files", (double) loads);
    return Outcome.of(last - start, gaps.getTotalCount(), metrics);
  }

  /// Percentiles of the gaps, the longest, and how many there were.
  public Map<String, Double> metrics() {
    var metrics = new HashMap<String, Double>();
    metrics.put("p50 ms", millis(50));
    metrics.put("p99 ms", millis(99));
    metrics.put(P99_9, millis(99.9));
    metrics.put("max ms", gaps.getMaxValue() / 1e6);
    metrics.put("ticks", (double) gaps.getTotalCount());
    return metrics;
  }

  private double millis(double percentile) {
    return gaps.getValueAtPercentile(percentile) / 1e6;
  }
}
