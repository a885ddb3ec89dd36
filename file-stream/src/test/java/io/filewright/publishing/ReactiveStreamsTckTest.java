package io.filewright.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.internal.progress.LatestPublisher;
import io.filewright.stream.Chunk;
import io.filewright.stream.ChunkSink;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.SinkSubscriber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;
import org.testng.annotations.AfterMethod;

/// The rules of Reactive Streams, as their own test kit sees them.
class ReactiveStreamsTckTest {

  private static final long MOST_ELEMENTS = 10_000;
  private static final long PATIENCE_MILLIS = 500;
  private static final long QUIET_MILLIS = 50;

  @Test
  void chunksKeepTheRules() {
    assertThat(passed(Chunks.class)).isGreaterThan(25);
  }

  @Test
  void progressKeepsTheRules() {
    assertThat(passed(Reports.class)).isGreaterThan(25);
  }

  @Test
  void aSinkKeepsTheRules() {
    assertThat(passed(Sink.class)).isGreaterThan(10);
  }

  private static int passed(Class<?> verification) {
    var listener = new TestListenerAdapter();
    var kit = new TestNG(false);
    kit.setVerbose(0);
    kit.setTestClasses(new Class<?>[] {verification});
    kit.addListener(listener);
    kit.run();
    assertThat(listener.getFailedTests())
        .extracting(ITestResult::getName, ITestResult::getThrowable)
        .isEmpty();
    return listener.getPassedTests().size();
  }

  /// One byte a chunk.
  public static final class Chunks extends FlowPublisherVerification<Long> {

    public Chunks() {
      super(new TestEnvironment(PATIENCE_MILLIS, QUIET_MILLIS));
    }

    @Override
    public long maxElementsFromPublisher() {
      return MOST_ELEMENTS;
    }

    @Override
    public Flow.Publisher<Long> createFlowPublisher(long elements) {
      try {
        Path file = Files.createTempFile("tck", ".bin");
        file.toFile().deleteOnExit();
        Files.write(file, new byte[Math.toIntExact(elements)]);
        var chunks = ChunkSource.of(file).withChunkSize(1).publisher(ForkJoinPool.commonPool());
        return subscriber -> chunks.subscribe(subscriber == null ? null : new Offsets(subscriber));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Flow.Publisher<Long> createFailedFlowPublisher() {
      return null; // a missing file fails when it is asked for, which the kit does not do
    }
  }

  /// Each item follows when the one before has arrived: of several at once, only the last is sure
  /// to arrive.
  public static final class Reports extends FlowPublisherVerification<Long> {

    public Reports() {
      super(new TestEnvironment(PATIENCE_MILLIS, QUIET_MILLIS));
    }

    @Override
    public long maxElementsFromPublisher() {
      return MOST_ELEMENTS;
    }

    @Override
    public Flow.Publisher<Long> createFlowPublisher(long elements) {
      return subscriber -> {
        var reports = new LatestPublisher<Long>();
        reports.subscribe(subscriber == null ? null : new OneByOne(subscriber, reports, elements));
        if (elements > 1) {
          reports.publish(1L);
        } else {
          reports.end(1L);
        }
      };
    }

    @Override
    public Flow.Publisher<Long> createFailedFlowPublisher() {
      return null; // progress ends, but does not fail
    }
  }

  private record OneByOne(
      Flow.Subscriber<? super Long> target, LatestPublisher<Long> reports, long last)
      implements Flow.Subscriber<Long> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      target.onSubscribe(subscription);
    }

    @Override
    public void onNext(Long item) {
      target.onNext(item);
      if (item + 1 < last) {
        reports.publish(item + 1);
      } else if (item + 1 == last) {
        reports.end(last);
      }
    }

    @Override
    public void onError(Throwable failure) {
      target.onError(failure);
    }

    @Override
    public void onComplete() {
      target.onComplete();
    }
  }

  /// The kit does not close what it gets.
  private record Offsets(Flow.Subscriber<? super Long> target) implements Flow.Subscriber<Chunk> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      target.onSubscribe(subscription);
    }

    @Override
    public void onNext(Chunk chunk) {
      try (chunk) {
        target.onNext(chunk.byteOffset());
      }
    }

    @Override
    public void onError(Throwable failure) {
      target.onError(failure);
    }

    @Override
    public void onComplete() {
      target.onComplete();
    }
  }

  /// All runs on the publisher's own thread, where a rule is broken soonest.
  public static final class Sink extends FlowSubscriberBlackboxVerification<ByteBuffer> {

    private final Queue<SinkSubscriber> subscribers = new ConcurrentLinkedQueue<>();

    public Sink() {
      super(new TestEnvironment(PATIENCE_MILLIS, QUIET_MILLIS));
    }

    @Override
    public Flow.Subscriber<ByteBuffer> createFlowSubscriber() {
      try {
        Path file = Files.createTempFile("tck", ".bin");
        file.toFile().deleteOnExit();
        SinkSubscriber subscriber = ChunkSink.replacing(file).subscriber(Runnable::run);
        subscribers.add(subscriber);
        return subscriber;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public ByteBuffer createElement(int element) {
      return ByteBuffer.allocate(element);
    }

    /// The kit does not end what it begins.
    @AfterMethod
    public void rollBack() {
      subscribers.forEach(subscriber -> subscriber.result().cancel(false));
    }
  }
}
