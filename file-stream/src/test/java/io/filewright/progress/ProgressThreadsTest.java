package io.filewright.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.stream.Progress;
import io.filewright.stream.ProgressMeter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many threads feed one meter.
class ProgressThreadsTest {

  private static final int THREADS = 8;
  private static final int RECORDS = 200_000;
  private static final int RECORD_BYTES = 7;

  @RepeatedTest(10)
  void losesNothingAndReportsOneAtATime() {
    var reports = new ArrayList<Progress>(); // not thread-safe: the meter has to take care
    var inside = new AtomicInteger();
    var overlaps = new AtomicInteger();
    try (var meter = ProgressMeter.ofTotal((long) THREADS * RECORDS * RECORD_BYTES)) {
      meter.addListener(
          report -> {
            overlaps.addAndGet(inside.getAndIncrement());
            reports.add(report);
            Thread.onSpinWait();
            inside.decrementAndGet();
          });
      try (var workers = Executors.newFixedThreadPool(THREADS)) {
        for (int i = 0; i < THREADS; i++) {
          workers.execute(() -> feed(meter));
        }
      }
    }
    assertThat(overlaps).hasValue(0);
    assertThat(reports).isSortedAccordingTo(ProgressThreadsTest::compare);
    Progress last = reports.getLast();
    assertThat(last.records()).isEqualTo((long) THREADS * RECORDS);
    assertThat(last.doneBytes()).isEqualTo(last.totalBytes().orElseThrow());
    assertThat(last.last()).isTrue();
  }

  @Test
  @Timeout(30)
  void aReportThatFallsDueMeanwhileOvertakesNone() throws Exception {
    var firstReport = new CountDownLatch(1);
    var mayGoOn = new CountDownLatch(1);
    List<Long> seen = Collections.synchronizedList(new ArrayList<>());
    try (var meter = ProgressMeter.of(OptionalLong.empty(), () -> 0)) {
      meter.addListener(
          _ -> {
            firstReport.countDown();
            awaitUninterruptibly(mayGoOn);
          });
      meter.addListener(report -> seen.add(report.records()));
      var one = Thread.ofPlatform().start(() -> meter.add(1, ProgressMeter.REPORT_RECORDS));
      firstReport.await();
      meter.add(1, ProgressMeter.REPORT_RECORDS); // returns at once: the other thread is at it
      mayGoOn.countDown();
      one.join();
      assertThat(seen)
          .containsExactly(ProgressMeter.REPORT_RECORDS, 2 * ProgressMeter.REPORT_RECORDS);
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void feed(ProgressMeter meter) {
    for (int i = 0; i < RECORDS; i++) {
      meter.add(RECORD_BYTES, 1);
    }
  }

  /// Neither of its counts may go back.
  private static int compare(Progress one, Progress other) {
    List<Long> steps =
        List.of(
            other.doneBytes() - one.doneBytes(),
            other.records() - one.records(),
            other.elapsed().minus(one.elapsed()).toNanos());
    return steps.stream().anyMatch(step -> step < 0) ? 1 : -1;
  }
}
