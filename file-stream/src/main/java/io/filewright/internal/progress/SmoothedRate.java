package io.filewright.internal.progress;

import java.time.Duration;

/// A rate of which the recent past counts most: the weight of what was falls by the factor `e` in
/// each time constant. Samples may come at any distance; it is always between the slowest and the
/// fastest of them. Not thread-safe.
public final class SmoothedRate {

  private static final double NANOS_PER_SECOND = 1e9;

  private final double constantNanos;
  private double weighted;
  private double weight;

  /// A rate that has seen nothing.
  public SmoothedRate(Duration timeConstant) {
    this.constantNanos = timeConstant.toNanos();
  }

  /// Takes note of what was done in some time, which must not be empty.
  public void sample(long done, long nanos) {
    double kept = Math.exp(-nanos / constantNanos);
    weighted = weighted * kept + done / (double) nanos * (1 - kept);
    weight = weight * kept + (1 - kept);
  }

  /// How much a second, 0 before the first sample. The weight corrects for the young past, which an
  /// average that starts from nothing would count as a standstill.
  public double perSecond() {
    return weight == 0 ? 0 : weighted / weight * NANOS_PER_SECOND;
  }
}
