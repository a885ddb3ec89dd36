package io.filewright.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.stream.Chunk;
import io.filewright.stream.ChunkSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/// The rules of Reactive Streams, as their own test kit sees them.
class ReactiveStreamsTckTest {

  @Test
  void publisherKeepsTheRules() {
    var listener = new TestListenerAdapter();
    var kit = new TestNG(false);
    kit.setVerbose(0);
    kit.setTestClasses(new Class<?>[] {Verification.class});
    kit.addListener(listener);
    kit.run();
    assertThat(listener.getFailedTests())
        .extracting(ITestResult::getName, ITestResult::getThrowable)
        .isEmpty();
    assertThat(listener.getPassedTests()).hasSizeGreaterThan(25);
  }

  /// One byte a chunk.
  public static final class Verification extends FlowPublisherVerification<Long> {

    private static final long MOST_ELEMENTS = 10_000;
    private static final long PATIENCE_MILLIS = 500;
    private static final long QUIET_MILLIS = 50;

    public Verification() {
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
}
