package io.filewright.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.stream.Progress;
import io.filewright.stream.ProgressMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Positive;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Percentage;

/// What holds for the reports of any work.
class ProgressPropertiesTest {

  private static final double ROUNDING = 1e-9;

  private final ManualClock clock = new ManualClock();

  @Property
  void reportsNeverGoBackAndNeverExceedTheTotal(
      @ForAll @LongRange(min = 0, max = 1 << 24) long total,
      @ForAll @Size(max = 50) List<@IntRange(max = 1 << 20) Integer> steps) {
    var reports = new ArrayList<Progress>();
    try (var meter = ProgressMeter.of(OptionalLong.of(total), clock)) {
      meter.addListener(reports::add);
      for (int step : steps) {
        meter.add(step, step / 3);
        clock.advance(Duration.ofNanos(step % 1000));
        reports.add(meter.progress());
      }
    }

    long fed = steps.stream().mapToLong(Integer::longValue).sum();
    assertThat(reports).last().extracting(Progress::doneBytes, Progress::last).contains(fed, true);
    assertThat(reports.stream().filter(Progress::last)).hasSize(1);
    for (int i = 0; i < reports.size(); i++) {
      Progress now = reports.get(i);
      assertThat(now.doneBytes()).isLessThanOrEqualTo(now.totalBytes().orElseThrow());
      assertThat(now.share().orElseThrow()).isBetween(0.0, 1.0);
      if (i > 0) {
        Progress before = reports.get(i - 1);
        assertThat(now.doneBytes()).isGreaterThanOrEqualTo(before.doneBytes());
        assertThat(now.records()).isGreaterThanOrEqualTo(before.records());
        assertThat(now.elapsed()).isGreaterThanOrEqualTo(before.elapsed());
        assertThat(now.totalBytes().orElseThrow())
            .isGreaterThanOrEqualTo(before.totalBytes().orElseThrow());
      }
    }
  }

  @Property
  void theRateIsBetweenTheSlowestAndTheFastest(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 1 << 20) Integer> steps,
      @ForAll @Size(40) List<@IntRange(min = 1, max = 5_000) Integer> millis) {
    var meter = ProgressMeter.of(OptionalLong.empty(), clock);
    double slowest = Double.MAX_VALUE;
    double fastest = 0;
    for (int i = 0; i < steps.size(); i++) {
      double rate = steps.get(i) * 1000.0 / millis.get(i);
      slowest = Math.min(slowest, rate);
      fastest = Math.max(fastest, rate);
      meter.add(steps.get(i), 0);
      clock.advance(Duration.ofMillis(millis.get(i)));

      assertThat(meter.progress().bytesPerSecond())
          .isBetween(slowest * (1 - ROUNDING), fastest * (1 + ROUNDING));
    }
    meter.close();
  }

  @Property
  void evenWorkHasAnExactRateHoweverItIsSampled(
      @ForAll @DoubleRange(min = 1, max = 1e6) double bytesPerMilli,
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 10_000) Integer> millis) {
    var meter = ProgressMeter.of(OptionalLong.empty(), clock);
    long rate = (long) bytesPerMilli;
    for (int pause : millis) {
      meter.add(rate * pause, rate * pause);
      clock.advance(Duration.ofMillis(pause));
      assertThat(meter.progress().bytesPerSecond())
          .isCloseTo(rate * 1000.0, Percentage.withPercentage(1e-6));
      assertThat(meter.progress().recordsPerSecond())
          .isCloseTo(rate * 1000.0, Percentage.withPercentage(1e-6));
    }
    meter.close();
  }

  @Property
  void theTimeLeftOfEvenWorkIsRight(
      @ForAll @Positive @LongRange(max = 1 << 20) long bytesPerSecond,
      @ForAll @IntRange(min = 1, max = 100) int doneSeconds,
      @ForAll @IntRange(max = 100) int leftSeconds) {
    try (var meter =
        ProgressMeter.of(OptionalLong.of(bytesPerSecond * (doneSeconds + leftSeconds)), clock)) {
      meter.add(bytesPerSecond * doneSeconds, 0);
      clock.advance(Duration.ofSeconds(doneSeconds));

      assertThat(meter.progress().timeLeft().orElseThrow())
          .isCloseTo(Duration.ofSeconds(leftSeconds), Duration.ofMillis(1));
    }
  }

  @Property
  void aMarkIsReportedNotLongAfterItWasPassed(
      @ForAll @Size(min = 1, max = 200) List<@IntRange(min = 1, max = 9_999) Integer> batches) {
    var reports = new ArrayList<Long>(List.of(0L));
    try (var meter = ProgressMeter.of(OptionalLong.empty(), clock)) {
      meter.addListener(report -> reports.add(report.records()));
      batches.forEach(batch -> meter.add(0, batch));
    }
    for (int i = 1; i < reports.size(); i++) {
      assertThat(reports.get(i) - reports.get(i - 1)).isLessThan(110_000);
    }
  }
}
