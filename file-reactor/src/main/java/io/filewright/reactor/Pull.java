package io.filewright.reactor;

import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/// Walks a pass on a worker, as far as the subscriber has asked for it.
///
/// ```
///   IDLE <──> QUEUED ──> RUNNING ──> ENDED       a terminal signal follows, exactly one
///     ^ └────────│─────────┘ │
///     │          │           │
///     └──────────┴───────────┴─────> CANCELLED   no signal follows but an onNext under way
/// ```
///
/// The pass is closed before the terminal signal. After a cancel another thread does it, as the
/// canceller may be an event loop: the worker if it is at it, or else one of its own.
///
/// @param <T> the elements
final class Pull<T> implements Subscription, Runnable {

  private final CoreSubscriber<? super T> actual;
  private final Pass.Opener<T> opener;
  private final Scheduler.Worker worker;
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
  private final AtomicLong requested = new AtomicLong();
  private @Nullable Pass<T> pass; // touched only by who has made the last move

  private enum State {
    /// Nothing is asked for.
    IDLE,
    /// The worker will come to it.
    QUEUED,
    /// The worker is at it.
    RUNNING,
    /// The subscriber wants no more.
    CANCELLED,
    /// The terminal signal is on its way.
    ENDED
  }

  Pull(CoreSubscriber<? super T> actual, Pass.Opener<T> opener, Scheduler.Worker worker) {
    this.actual = actual;
    this.opener = opener;
    this.worker = worker;
  }

  @Override
  public void request(long n) {
    if (!Operators.validate(n)) {
      return;
    }
    requested.accumulateAndGet(n, Operators::addCap);
    if (move(State.IDLE, State.QUEUED)) {
      try {
        worker.schedule(this);
      } catch (RejectedExecutionException e) {
        if (move(State.QUEUED, State.ENDED)) {
          closePass();
          actual.onError(e);
        }
      }
    }
  }

  @Override
  public void cancel() {
    while (true) {
      State seen = Objects.requireNonNull(state.get());
      switch (seen) {
        case IDLE, QUEUED -> {
          if (move(seen, State.CANCELLED)) {
            closeElsewhere();
            return;
          }
        }
        case RUNNING -> {
          if (move(seen, State.CANCELLED)) {
            worker.dispose(); // interrupts a wait for memory; run() closes the pass
            return;
          }
        }
        case CANCELLED, ENDED -> {
          return;
        }
      }
    }
  }

  @Override
  public void run() {
    if (!move(State.QUEUED, State.RUNNING)) {
      return;
    }
    try {
      while (emitRequested()) {
        if (!move(State.RUNNING, State.IDLE)) {
          break;
        }
        if (requested.get() == 0 || !move(State.IDLE, State.RUNNING)) {
          return;
        }
      }
    } catch (Throwable e) { // whatever ends the pass is told to the subscriber
      end(e);
      return;
    }
    end(null);
  }

  /// Emits as many elements as were requested, if there are as many.
  ///
  /// @return whether there may be more to emit
  private boolean emitRequested() throws Exception {
    BlockingThreads.check();
    if (pass == null) {
      pass = opener.open();
    }
    long emitted = 0;
    while (isRunning() && emitted < requested.get()) {
      T element = pass.next();
      if (element == null) {
        return false;
      }
      if (isRunning()) {
        actual.onNext(element);
        emitted++;
      } else {
        pass.discard(element);
        Operators.onDiscard(element, actual.currentContext());
      }
    }
    long taken = emitted;
    requested.updateAndGet(left -> left == Long.MAX_VALUE ? left : left - taken);
    return !pass.isExhausted();
  }

  private void end(@Nullable Throwable error) {
    closePass();
    if (move(State.RUNNING, State.ENDED)) {
      worker.dispose();
      if (error == null) {
        actual.onComplete();
      } else {
        actual.onError(error);
      }
    } else if (error != null && !(error instanceof InterruptedException)) {
      Operators.onErrorDropped(error, actual.currentContext());
    }
    if (error != null) {
      Exceptions.throwIfJvmFatal(error);
    }
  }

  private void closeElsewhere() {
    worker.dispose();
    if (pass != null) {
      BlockingThreads.letGo(this::closePass);
    }
  }

  private void closePass() {
    Pass<T> open = pass;
    pass = null;
    if (open != null) {
      open.close();
    }
  }

  private boolean isRunning() {
    return state.get() == State.RUNNING;
  }

  private boolean move(State from, State to) {
    return state.compareAndSet(from, to);
  }
}
