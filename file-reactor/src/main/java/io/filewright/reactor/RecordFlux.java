package io.filewright.reactor;

import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/// A flux of records. Who requests all of them at once gets them from two tasks that take turns,
/// anybody else from one.
///
/// @param <T> what is made of the records
final class RecordFlux<T> extends Flux<T> {

  private final RecordSource<T> source;
  private final Scheduler scheduler;
  private final int processors;

  RecordFlux(RecordSource<T> source, Scheduler scheduler) {
    this(source, scheduler, Runtime.getRuntime().availableProcessors());
  }

  /// @param processors two workers on a single one would only be in each other's way
  RecordFlux(RecordSource<T> source, Scheduler scheduler, int processors) {
    this.source = source;
    this.scheduler = scheduler;
    this.processors = processors;
  }

  @Override
  public void subscribe(CoreSubscriber<? super T> actual) {
    actual.onSubscribe(new FirstRequest(actual));
  }

  private Subscription begin(CoreSubscriber<? super T> actual, long requested) {
    return requested == Long.MAX_VALUE && processors > 1
        ? new Turns<>(actual, source, scheduler)
        : new Pull<>(actual, () -> RecordPass.open(source), scheduler.createWorker());
  }

  private final class FirstRequest implements Subscription {

    private final CoreSubscriber<? super T> actual;
    private final AtomicReference<@Nullable Subscription> begun = new AtomicReference<>();

    FirstRequest(CoreSubscriber<? super T> actual) {
      this.actual = actual;
    }

    @Override
    public void request(long n) {
      var subscription = begun.get();
      if (subscription == null) {
        if (!Operators.validate(n)) {
          return;
        }
        try {
          subscription = begin(actual, n);
        } catch (RejectedExecutionException e) {
          if (begun.compareAndSet(null, Operators.cancelledSubscription())) {
            actual.onError(e);
          }
          return;
        }
        if (!begun.compareAndSet(null, subscription)) { // by another request, or a cancel
          subscription.cancel();
          subscription = Objects.requireNonNull(begun.get());
        }
      }
      subscription.request(n);
    }

    @Override
    public void cancel() {
      var subscription = begun.getAndSet(Operators.cancelledSubscription());
      if (subscription != null) {
        subscription.cancel();
      }
    }
  }
}
