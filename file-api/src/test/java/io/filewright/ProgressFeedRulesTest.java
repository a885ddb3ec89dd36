package io.filewright;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.FileState.Loading;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/// The rules of Reactive Streams, as their own test kit sees them.
class ProgressFeedRulesTest {

  @Test
  void progressKeepsTheRules() {
    var listener = new TestListenerAdapter();
    var kit = new TestNG(false);
    kit.setVerbose(0);
    kit.setTestClasses(new Class<?>[] {Verification.class});
    kit.addListener(listener);
    kit.run();
    assertThat(listener.getFailedTests())
        .extracting(ITestResult::getName, ITestResult::getThrowable)
        .isEmpty();
    assertThat(listener.getPassedTests()).hasSizeGreaterThan(20);
  }

  /// As many states as a subscriber may lag behind: of more, it would miss some.
  public static final class Verification extends FlowPublisherVerification<Loading<MmapRegion>> {

    private static final long PATIENCE_MILLIS = 500;
    private static final long QUIET_MILLIS = 50;

    public Verification() {
      super(new TestEnvironment(PATIENCE_MILLIS, QUIET_MILLIS));
    }

    @Override
    public long maxElementsFromPublisher() {
      return ProgressFeed.BUFFERED;
    }

    @Override
    public Flow.Publisher<Loading<MmapRegion>> createFlowPublisher(long elements) {
      var feed = new ProgressFeed<MmapRegion>(ForkJoinPool.commonPool());
      return subscriber -> {
        feed.subscribe(subscriber);
        for (long loaded = 0; loaded < elements; loaded++) {
          feed.publish(new Loading<>(loaded, elements));
        }
        feed.complete();
      };
    }

    @Override
    public Flow.Publisher<Loading<MmapRegion>> createFailedFlowPublisher() {
      var feed = new ProgressFeed<MmapRegion>(ForkJoinPool.commonPool());
      feed.fail(new IllegalStateException("the load failed before"));
      return feed;
    }
  }
}
