package io.filewright.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.stream.Progress;
import io.filewright.stream.ProgressMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/// The meter as a publisher.
class ProgressFlowTest {

  private final ProgressMeter meter = ProgressMeter.of(OptionalLong.empty(), new ManualClock());
  private final Recorder recorder = new Recorder();

  @Test
  void aSlowSubscriberGetsTheNewestAndTheLast() {
    meter.subscribe(recorder);
    feed(3);
    assertThat(recorder.events).isEmpty();

    recorder.subscription().request(1);
    assertThat(recorder.events).containsExactly("300000");

    feed(2);
    meter.close();
    assertThat(recorder.events).containsExactly("300000");
    recorder.subscription().request(1);
    assertThat(recorder.events).containsExactly("300000", "500000 last", "complete");
  }

  @Test
  void demandOutlivesSilence() {
    meter.subscribe(recorder);
    recorder.subscription().request(2);
    feed(1);
    feed(1);
    feed(1);
    assertThat(recorder.events).containsExactly("100000", "200000");
    meter.close();
    recorder.subscription().request(Long.MAX_VALUE);
    assertThat(recorder.events).containsExactly("100000", "200000", "300000 last", "complete");
  }

  @Test
  void whoComesLateGetsTheEnd() {
    feed(1);
    meter.close();
    meter.subscribe(recorder);
    recorder.subscription().request(1);
    assertThat(recorder.events).containsExactly("100000 last", "complete");
  }

  @Test
  void afterCancelNothingComes() {
    meter.subscribe(recorder);
    recorder.subscription().request(Long.MAX_VALUE);
    recorder.subscription().request(Long.MAX_VALUE);
    feed(1);
    recorder.subscription().cancel();
    feed(1);
    meter.close();
    recorder.subscription().request(0);
    assertThat(recorder.events).containsExactly("100000");
  }

  @Test
  void aRequestForNothingIsAnError() {
    meter.subscribe(recorder);
    recorder.subscription().request(0);
    feed(1);
    meter.close();
    assertThat(recorder.events).containsExactly("error: request: 0, at least 1 is needed");
  }

  private void feed(int marks) {
    for (int i = 0; i < marks; i++) {
      meter.add(1, ProgressMeter.REPORT_RECORDS);
    }
  }

  /// Writes down all that it hears; requests nothing by itself.
  private static final class Recorder implements Flow.Subscriber<Progress> {

    final List<String> events = new ArrayList<>();
    private final List<Flow.Subscription> subscriptions = new ArrayList<>();

    Flow.Subscription subscription() {
      return subscriptions.getFirst();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscriptions.add(subscription);
    }

    @Override
    public void onNext(Progress report) {
      events.add(report.records() + (report.last() ? " last" : ""));
    }

    @Override
    public void onError(Throwable error) {
      events.add("error: " + error.getMessage());
    }

    @Override
    public void onComplete() {
      events.add("complete");
    }
  }
}
