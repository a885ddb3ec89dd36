package io.filewright.reactor;

import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/// Subscribes to another publisher with the first request.
///
/// @param <T> the elements
final class FirstRequestFlux<T> extends Flux<T> {

  private final Flux<T> source;

  FirstRequestFlux(Flux<T> source) {
    this.source = source;
  }

  @Override
  public void subscribe(CoreSubscriber<? super T> actual) {
    actual.onSubscribe(new Relay<>(actual, source));
  }

  private static final class Relay<T> extends Operators.DeferredSubscription
      implements CoreSubscriber<T> {

    private final CoreSubscriber<? super T> actual;
    private final Flux<T> source;
    private final AtomicBoolean requested = new AtomicBoolean();

    Relay(CoreSubscriber<? super T> actual, Flux<T> source) {
      this.actual = actual;
      this.source = source;
    }

    @Override
    public void request(long n) {
      super.request(n);
      if (n > 0 && !isCancelled() && requested.compareAndSet(false, true)) {
        source.subscribe(this);
      }
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      set(subscription);
    }

    @Override
    public void onNext(T element) {
      actual.onNext(element);
    }

    @Override
    public void onError(Throwable error) {
      actual.onError(error);
    }

    @Override
    public void onComplete() {
      actual.onComplete();
    }

    @Override
    public Context currentContext() {
      return actual.currentContext();
    }
  }
}
