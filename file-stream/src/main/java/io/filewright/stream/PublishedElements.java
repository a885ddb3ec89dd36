package io.filewright.stream;

import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Elements that a publisher pushes, for somebody who pulls.
final class PublishedElements<T> implements ElementFeed<T>, Flow.Subscriber<T> {

  /// How many elements may be on their way at the same time.
  static final int REQUESTED = 256;

  private final Flow.Publisher<? extends T> publisher;
  private final LinkedBlockingQueue<Signal<T>> arrived = new LinkedBlockingQueue<>();
  private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
  private volatile boolean closed;
  private int taken;

  private sealed interface Signal<T> {

    record Next<T>(T element) implements Signal<T> {}

    record Failed<T>(Throwable failure) implements Signal<T> {}

    record End<T>() implements Signal<T> {}
  }

  PublishedElements(Flow.Publisher<? extends T> publisher) {
    this.publisher = publisher;
  }

  @Override
  public void begin() {
    publisher.subscribe(this);
  }

  @Override
  public Optional<T> next() throws FileException {
    return switch (await()) {
      case Signal.Next<T>(T element) -> {
        requestMore();
        yield Optional.of(element);
      }
      case Signal.Failed<T>(Throwable failure) -> throw failed(failure);
      case Signal.End<T> end -> {
        arrived.add(end); // for whoever asks again
        yield Optional.empty();
      }
    };
  }

  private Signal<T> await() throws FileException {
    try {
      return arrived.take();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw BatchWork.cancelled();
    }
  }

  /// Half of them at a time: fewer calls, and no standstill.
  private void requestMore() {
    taken++;
    Flow.Subscription current = subscription.get();
    if (taken == REQUESTED / 2 && current != null) {
      taken = 0;
      current.request(REQUESTED / 2);
    }
  }

  private static ProcessingFailed failed(Throwable failure) {
    return new ProcessingFailed(
        FailureDetails.of(
            Path.of(""), "next", "the publisher failed: " + failure, "Check where it reads from"),
        failure);
  }

  @Override
  public void close() {
    closed = true;
    Flow.Subscription current = subscription.get();
    if (current != null) {
      current.cancel();
    }
    arrived.add(new Signal.End<>());
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    if (closed || !subscription.compareAndSet(null, newSubscription)) {
      newSubscription.cancel();
      return;
    }
    newSubscription.request(REQUESTED);
  }

  @Override
  public void onNext(T element) {
    arrived.add(new Signal.Next<>(Objects.requireNonNull(element, "element")));
  }

  @Override
  public void onError(Throwable failure) {
    arrived.add(new Signal.Failed<>(Objects.requireNonNull(failure, "failure")));
  }

  @Override
  public void onComplete() {
    arrived.add(new Signal.End<>());
  }
}
