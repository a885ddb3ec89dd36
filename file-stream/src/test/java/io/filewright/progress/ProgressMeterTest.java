package io.filewright.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.filewright.stream.Progress;
import io.filewright.stream.ProgressMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {

  private final ManualClock clock = new ManualClock();

  @Test
  void anExampleByHand() {
    try (var meter = ProgressMeter.of(OptionalLong.of(1000), clock)) {
      assertThat(meter.progress())
          .isEqualTo(new Progress(0, OptionalLong.of(1000), 0, 0, 0, Duration.ZERO, false));
      assertThat(meter.progress().timeLeft()).isEmpty();

      meter.add(250, 10);
      clock.advance(Duration.ofSeconds(1));
      Progress quarter = meter.progress();
      assertThat(quarter.share()).hasValue(0.25);
      assertThat(quarter.bytesPerSecond()).isEqualTo(250);
      assertThat(quarter.timeLeft()).contains(Duration.ofSeconds(3));

      clock.advance(ProgressMeter.SMOOTHING); // a standstill
      Progress stalled = meter.progress();
      // 250/s weighed 1 - e^(-1/3), after a time constant of nothing: that / e / (1 - e^(-4/3))
      assertThat(stalled.bytesPerSecond()).isEqualTo(35.41, Offset.offset(0.01));
      assertThat(stalled.elapsed()).isEqualTo(Duration.ofSeconds(4));
    }
  }

  @Test
  void moreThanTheTotalRaisesIt() {
    try (var meter = ProgressMeter.of(OptionalLong.of(10), clock)) {
      meter.add(11, 0);
      assertThat(meter.progress().totalBytes()).hasValue(11);
      assertThat(meter.progress().timeLeft()).contains(Duration.ZERO);
    }
  }

  @Test
  void nothingToDoIsAllDone() {
    try (var meter = ProgressMeter.ofTotal(0)) {
      assertThat(meter.progress().share()).hasValue(1);
      assertThat(meter.progress().timeLeft()).isEqualTo(Optional.of(Duration.ZERO));
    }
  }

  @Test
  void reportsWhileNobodyFeedsIt() throws Exception {
    var times = new LinkedBlockingQueue<Long>();
    try (var meter = ProgressMeter.ofTotal(1)) {
      meter.addListener(report -> times.add(System.nanoTime()));
      var seen = new ArrayList<>(List.of(System.nanoTime()));
      for (int i = 0; i < 5; i++) {
        Long time = times.poll(5, TimeUnit.SECONDS);
        assertThat(time).as("report %d", i).isNotNull();
        seen.add(time);
      }
      // A busy machine may be late now and then; the median of the gaps is what we owe.
      long median = seen.subList(1, seen.size()).stream().map(t -> t).sorted().toList().get(2);
      assertThat((median - seen.getFirst()) / 3)
          .isLessThan(ProgressMeter.REPORT_INTERVAL.toNanos());
    }
  }

  @Test
  void theLastReportIsTheLastAndFrozen() {
    var reports = new ArrayList<Progress>();
    var meter = ProgressMeter.of(OptionalLong.empty(), clock);
    meter.addListener(reports::add);
    meter.add(5, 1);
    meter.close();
    meter.add(5, 200_000);
    clock.advance(Duration.ofSeconds(1));
    meter.close();

    assertThat(reports)
        .containsExactly(new Progress(5, OptionalLong.empty(), 1, 0, 0, Duration.ZERO, true));
    assertThat(meter.progress()).isEqualTo(reports.getFirst());
    assertThat(reports.getFirst().share()).isEmpty();
    assertThat(reports.getFirst().timeLeft()).isEmpty();
  }

  @Test
  void aListenerMayFeedAndCloseTheMeter() {
    var reports = new ArrayList<Progress>();
    var meter = ProgressMeter.of(OptionalLong.empty(), clock);
    meter.addListener(
        report -> {
          reports.add(report);
          if (!report.last()) {
            meter.add(1, ProgressMeter.REPORT_RECORDS);
            meter.close();
          }
        });
    meter.add(1, ProgressMeter.REPORT_RECORDS);

    assertThat(reports).extracting(Progress::doneBytes).containsExactly(1L, 2L);
    assertThat(reports).last().extracting(Progress::last).isEqualTo(true);
  }

  @Test
  void aListenerThatFailsDisturbsNobody() {
    var reports = new ArrayList<Progress>();
    var failing = new ArrayList<Progress>();
    try (var meter = ProgressMeter.of(OptionalLong.empty(), clock)) {
      meter.addListener(
          report -> {
            failing.add(report);
            throw new AssertionError("a listener that fails on purpose");
          });
      meter.addListener(reports::add);
      meter.add(0, ProgressMeter.REPORT_RECORDS);
    }
    assertThat(failing).hasSize(1);
    assertThat(reports).hasSize(2);
  }

  @Test
  void refusesToGoBack() {
    try (var meter = ProgressMeter.ofUnknownTotal()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> meter.add(-1, 0))
          .withMessage("add: -1, 0");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> meter.add(0, -1))
          .withMessage("add: 0, -1");
      assertThat(meter.progress().records()).isZero();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProgressMeter.ofTotal(-1))
        .withMessage("totalBytes: -1");
  }
}
