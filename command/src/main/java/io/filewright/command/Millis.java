package io.filewright.command;

import java.math.BigDecimal;
import java.util.concurrent.TimeUnit;

/// A span of time, shown in milliseconds to the microsecond.
record Millis(long nanos) {

  /// The time since a moment of `System.nanoTime`.
  static Millis since(long beganNanos) {
    return new Millis(System.nanoTime() - beganNanos);
  }

  BigDecimal decimal() {
    return BigDecimal.valueOf(TimeUnit.NANOSECONDS.toMicros(nanos), 3);
  }

  @Override
  public String toString() {
    return decimal().toPlainString() + " ms";
  }
}
