package io.filewright.stream;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Count, sum, mean, least and greatest of integers. The sum is exact, however large.
///
/// A partial result that grows; not for several threads at once.
public final class LongTotals {

  private long count;
  private long min = Long.MAX_VALUE;
  private long max = Long.MIN_VALUE;

  /// The sum is `high * 2^64 + low`, with `low` unsigned.
  private long high;

  private long low;

  /// Of nothing yet.
  public LongTotals() {}

  /// With a number.
  public LongTotals plus(long value) {
    count++;
    min = Math.min(min, value);
    max = Math.max(max, value);
    addToSum(value >> (Long.SIZE - 1), value);
    return this;
  }

  /// With the numbers that a buffer has left.
  public LongTotals plus(LongBuffer values) {
    while (values.hasRemaining()) {
      plus(values.get());
    }
    return this;
  }

  /// With the numbers that a buffer has left.
  public LongTotals plus(IntBuffer values) {
    while (values.hasRemaining()) {
      plus(values.get());
    }
    return this;
  }

  /// With all that another one has.
  public LongTotals plus(LongTotals other) {
    count += other.count;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    addToSum(other.high, other.low);
    return this;
  }

  /// How many.
  public long count() {
    return count;
  }

  /// The sum; 0 of nothing.
  public BigInteger sum() {
    return BigInteger.valueOf(high)
        .shiftLeft(Long.SIZE)
        .add(new BigInteger(Long.toUnsignedString(low)));
  }

  /// The sum divided by the count, rounded to 34 digits and then to the nearest number there is;
  /// none of nothing.
  public OptionalDouble mean() {
    return count == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            new BigDecimal(sum())
                .divide(BigDecimal.valueOf(count), MathContext.DECIMAL128)
                .doubleValue());
  }

  /// The least; none of nothing.
  public OptionalLong min() {
    return count == 0 ? OptionalLong.empty() : OptionalLong.of(min);
  }

  /// The greatest; none of nothing.
  public OptionalLong max() {
    return count == 0 ? OptionalLong.empty() : OptionalLong.of(max);
  }

  @Override
  public String toString() {
    return "LongTotals[count=%d, sum=%s, min=%s, max=%s]".formatted(count, sum(), min(), max());
  }

  private void addToSum(long addedHigh, long addedLow) {
    low += addedLow;
    high += addedHigh + (Long.compareUnsigned(low, addedLow) < 0 ? 1 : 0);
  }
}
