package io.filewright.reactor;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/// All records of a file, by two workers that take turns: while one of them emits those of a chunk,
/// the other makes those of the next.
///
/// ```
///   one     | chunk 0: make, emit | chunk 2: make ... emit | chunk 4: make ...
///   other      | chunk 1: make ... emit   | chunk 3: make ... emit | ...
/// ```
///
/// Each emits what it has made. Threads that make records for another one to emit are no faster: an
/// object that crosses from one processor's cache to another's costs as much as making it.
///
/// Where the scheduler has one thread only, one of them does it all.
///
/// @param <T> what is made of the records
final class Turns<T> implements Subscription {

  /// How often a worker looks for its turn before it parks. That is some microseconds; waking it up
  /// takes longer.
  private static final int LOOKS = 200;

  private final CoreSubscriber<? super T> actual;
  private final RecordSource<T> source;
  private final Turn one;
  private final Turn other;
  private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

  private final ReentrantLock taking = new ReentrantLock();
  private @Nullable Chunks chunks; // with the lock
  private long taken; // how many chunks, with the lock
  private boolean allTaken; // with the lock

  /// The number of the chunk whose records may be emitted.
  private volatile long emitting;

  private enum State {
    /// Nothing has been asked for.
    NEW,
    /// A worker is at it, or will come to it.
    RUNNING,
    /// The subscriber wants no more.
    CANCELLED,
    /// The terminal signal is on its way.
    ENDED
  }

  Turns(
      CoreSubscriber<? super T> actual,
      RecordSource<T> source,
      Scheduler.Worker one,
      Scheduler.Worker other) {
    this.actual = actual;
    this.source = source;
    this.one = new Turn(one);
    this.other = new Turn(other);
  }

  /// Begins. All is requested with the first request.
  @Override
  public void request(long n) {
    if (!Operators.validate(n) || !state.compareAndSet(State.NEW, State.RUNNING)) {
      return;
    }
    try {
      one.start();
    } catch (RejectedExecutionException e) {
      end(one, e);
    }
  }

  @Override
  public void cancel() {
    var seen = state.getAndUpdate(now -> now == State.ENDED ? now : State.CANCELLED);
    if (seen == State.NEW || seen == State.RUNNING) {
      one.stop();
      other.stop();
    }
  }

  /// Called by who may emit. The file is let go of before the signal.
  private void end(Turn last, @Nullable Throwable error) {
    boolean running = state.compareAndSet(State.RUNNING, State.ENDED);
    (last == one ? other : one).stop(); // it may wait for memory, and have the lock
    close();
    last.worker.dispose();
    if (!running) {
      if (error != null && !(error instanceof InterruptedException)) {
        Operators.onErrorDropped(error, actual.currentContext());
      }
    } else if (error == null) {
      actual.onComplete();
    } else {
      actual.onError(error);
    }
    if (error != null) {
      Exceptions.throwIfJvmFatal(error);
    }
  }

  private void close() {
    taking.lock();
    try {
      allTaken = true;
      if (chunks != null) {
        chunks.close();
        chunks = null;
      }
    } finally {
      taking.unlock();
    }
  }

  private boolean isRunning() {
    return state.get() == State.RUNNING;
  }

  /// What one of the workers does.
  private final class Turn implements Runnable {

    private final Scheduler.Worker worker;
    private final RecordCutter<T> cutter = source.cutter();
    private final Queue<T> made = new ArrayDeque<>();
    private long chunk;
    private boolean last;
    private @Nullable Throwable failure;
    private volatile @Nullable Thread thread;

    Turn(Scheduler.Worker worker) {
      this.worker = worker;
    }

    void start() {
      worker.schedule(this);
    }

    /// Interrupts a wait for memory, and ends one for the turn.
    void stop() {
      worker.dispose();
      LockSupport.unpark(thread);
    }

    @Override
    public void run() {
      var current = Thread.currentThread();
      if (current.equals(one.thread)) {
        return; // a scheduler that runs what it gets at once: one would wait for itself
      }
      thread = current;
      try {
        while (take()) {
          make();
          if (!awaitTurn()) {
            break;
          }
          emitMade();
          if (last) {
            end(this, failure);
            break;
          }
          emitting = chunk + 1;
          LockSupport.unpark((this == one ? other : one).thread);
        }
      } catch (Throwable e) { // whatever ends the pass is told to the subscriber
        if (awaitTurn()) {
          end(this, e);
        }
      } finally {
        thread = null;
        if (!isRunning()) {
          Operators.onDiscardQueueWithClear(made, actual.currentContext(), null);
          close();
        }
      }
    }

    /// Takes the next chunk, or what stands in its place: the end or a failure.
    ///
    /// @return whether there was something to take
    private boolean take() {
      taking.lock();
      try {
        if (allTaken || !isRunning()) {
          return false;
        }
        chunk = taken++;
        try {
          BlockingThreads.check();
          if (chunks == null) {
            chunks = source.open();
          }
          last = chunks.mapNext(cutter::load).isEmpty() || chunks.isExhausted();
        } catch (Throwable e) { // told when it is its turn
          fail(e);
        }
        allTaken = last;
      } finally {
        taking.unlock();
      }
      if (chunk == 0 && !last) {
        startOther();
      }
      return true;
    }

    private void startOther() {
      try {
        other.start();
      } catch (RejectedExecutionException _) {
        // then this one does it all
      }
    }

    /// Makes the records of the chunk, and emits them as soon as it may.
    private void make() {
      while (failure == null && cutter.hasNext() && isRunning()) {
        T element;
        try {
          element = cutter.next();
        } catch (Exception e) {
          fail(e);
          return;
        }
        if (emitting == chunk) {
          emitMade();
          emit(element);
        } else {
          made.add(element);
        }
      }
    }

    private void fail(Throwable e) {
      failure = e;
      last = true;
    }

    /// @return false if it never will be, as the subscriber has cancelled
    private boolean awaitTurn() {
      boolean interrupted = false;
      for (int looks = 0; emitting != chunk && isRunning(); looks++) {
        if (looks < LOOKS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
          interrupted |= Thread.interrupted(); // whose turn it is will tell; it cannot take long
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return isRunning();
    }

    private void emitMade() {
      for (T element = made.poll(); element != null; element = made.poll()) {
        emit(element);
      }
    }

    private void emit(T element) {
      if (isRunning()) {
        actual.onNext(element);
      } else {
        Operators.onDiscard(element, actual.currentContext());
      }
    }
  }
}
