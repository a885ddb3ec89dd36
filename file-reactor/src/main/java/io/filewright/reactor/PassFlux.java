package io.filewright.reactor;

import java.util.concurrent.RejectedExecutionException;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/// A flux that begins a pass for each subscriber, with its first request.
///
/// @param <T> the elements
final class PassFlux<T> extends Flux<T> {

  private final Pass.Opener<T> opener;
  private final Scheduler scheduler;

  PassFlux(Pass.Opener<T> opener, Scheduler scheduler) {
    this.opener = opener;
    this.scheduler = scheduler;
  }

  @Override
  public void subscribe(CoreSubscriber<? super T> actual) {
    Scheduler.Worker worker;
    try {
      worker = scheduler.createWorker();
    } catch (RejectedExecutionException e) {
      Operators.error(actual, e);
      return;
    }
    actual.onSubscribe(new Pull<>(actual, opener, worker));
  }
}
