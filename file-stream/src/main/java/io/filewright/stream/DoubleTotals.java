package io.filewright.stream;

import java.nio.DoubleBuffer;
import java.util.OptionalDouble;

/// Count, sum, mean, least and greatest of floating-point numbers.
///
/// The sum is that of the exact values, rounded once: so it is the same in whichever order and in
/// whatever parts they were added. As with `+`, a NaN makes all but the count NaN, and so do
/// infinities of both signs with sum and mean.
///
/// A partial result that grows; not for several threads at once.
public final class DoubleTotals {

  private final ExactSum sum = new ExactSum();
  private long count;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  /// Of nothing yet.
  public DoubleTotals() {}

  /// With a number.
  public DoubleTotals plus(double value) {
    count++;
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum.add(value);
    return this;
  }

  /// With the numbers that a buffer has left.
  public DoubleTotals plus(DoubleBuffer values) {
    while (values.hasRemaining()) {
      plus(values.get());
    }
    return this;
  }

  /// With all that another one has.
  public DoubleTotals plus(DoubleTotals other) {
    count += other.count;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    sum.add(other.sum);
    return this;
  }

  /// How many.
  public long count() {
    return count;
  }

  /// The sum; 0 of nothing.
  public double sum() {
    return sum.rounded();
  }

  /// The sum divided by the count; none of nothing.
  public OptionalDouble mean() {
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum() / count);
  }

  /// The least; none of nothing.
  public OptionalDouble min() {
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(min);
  }

  /// The greatest; none of nothing.
  public OptionalDouble max() {
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(max);
  }

  @Override
  public String toString() {
    return "DoubleTotals[count=%d, sum=%s, min=%s, max=%s]".formatted(count, sum(), min(), max());
  }
}
