package io.filewright.stream;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// How far some work is at one moment. Of two reports of one [ProgressMeter] the later one never
/// has fewer bytes, fewer records or less time, and none has more bytes than its total.
///
/// @param doneBytes bytes done so far
/// @param totalBytes bytes to do in all, if known; work that turned out to be more raises it
/// @param records records done so far; 0 of a source that does not know how many it has
/// @param bytesPerSecond smoothed, see [ProgressMeter#SMOOTHING]; 0 before any time has passed
/// @param recordsPerSecond smoothed likewise
/// @param elapsed since the work began
/// @param last whether no report follows this one: the work has ended, well or not
public record Progress(
    long doneBytes,
    OptionalLong totalBytes,
    long records,
    double bytesPerSecond,
    double recordsPerSecond,
    Duration elapsed,
    boolean last) {

  private static final double NANOS_PER_SECOND = 1e9;

  /// The part that is done, from 0 to 1, if the total is known. Nothing to do is all done.
  public OptionalDouble share() {
    if (totalBytes.isEmpty()) {
      return OptionalDouble.empty();
    }
    long total = totalBytes.getAsLong();
    return OptionalDouble.of(total == 0 ? 1 : (double) doneBytes / total);
  }

  /// The time that the rest will take at the present rate: empty if the total is not known or
  /// nothing moves. It may grow when the work slows down.
  public Optional<Duration> timeLeft() {
    if (totalBytes.isEmpty()) {
      return Optional.empty();
    }
    long left = totalBytes.getAsLong() - doneBytes;
    if (left == 0) {
      return Optional.of(Duration.ZERO);
    }
    double nanos = left / bytesPerSecond * NANOS_PER_SECOND;
    return nanos < Long.MAX_VALUE ? Optional.of(Duration.ofNanos((long) nanos)) : Optional.empty();
  }
}
