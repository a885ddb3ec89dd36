package io.filewright.reactor;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/// All records of a file, by two tasks that take turns: while one of them emits those of a chunk,
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
/// One that has made a chunk and must wait for its turn gives its thread back; the other starts it
/// again. Where the scheduler has one thread only, one of them does it all.
///
/// @param <T> what is made of the records
final class Turns<T> implements Subscription {

  /// How often a task looks for its turn before it gives its thread back: for some tens of
  /// microseconds, which is what it takes to start it again.
  private static final int LOOKS = 1000;

  private static final long NOT = -1;

  private final CoreSubscriber<? super T> actual;
  private final RecordSource<T> source;
  private final Scheduler scheduler;
  private final Turn one;
  private final Turn other;
  private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

  private final ReentrantLock taking = new ReentrantLock();
  private @Nullable Chunks chunks; // with the lock
  private long taken; // how many chunks, with the lock
  private boolean allTaken; // with the lock

  /// The number of the chunk whose records may be emitted.
  private volatile long emitting;

  /// The thread that is just about to start the other task.
  private volatile @Nullable Thread starting;

  private enum State {
    /// Nothing has been asked for.
    NEW,
    /// A task is at it, or will come to it.
    RUNNING,
    /// The subscriber wants no more.
    CANCELLED,
    /// The terminal signal is on its way.
    ENDED
  }

  /// How a task gives its thread back.
  private enum Outcome {
    /// It waits for its turn. Another thread may have gone on with it already.
    RESTS,
    /// There is nothing more to take.
    LEAVES,
    /// What it has emitted was the last.
    ENDS
  }

  Turns(CoreSubscriber<? super T> actual, RecordSource<T> source, Scheduler scheduler) {
    this.actual = actual;
    this.source = source;
    this.scheduler = scheduler;
    this.one = new Turn();
    this.other = new Turn();
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
      if (isRunning()) {
        end(e);
      }
    }
  }

  /// The file is closed by a thread of its own, as whoever cancels may be an event loop, and the
  /// tasks may both be without one.
  @Override
  public void cancel() {
    var seen = state.getAndUpdate(now -> now == State.ENDED ? now : State.CANCELLED);
    if (seen == State.NEW || seen == State.RUNNING) {
      one.stop();
      other.stop();
    }
    if (seen == State.RUNNING) {
      BlockingThreads.letGo(this::close);
    }
  }

  /// Called by who may emit. The file is let go of before the signal.
  private void end(@Nullable Throwable error) {
    boolean running = state.compareAndSet(State.RUNNING, State.ENDED);
    one.stop();
    other.stop(); // whichever of them waits for memory, with the lock
    close();
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

  /// One of the two tasks.
  private final class Turn implements Runnable {

    private final Disposable.Swap task = Disposables.swap();
    private final RecordCutter<T> cutter = source.cutter();
    private final Queue<T> made = new ArrayDeque<>();
    private final AtomicLong resting = new AtomicLong(NOT); // with the chunk of this number
    private boolean hasChunk;
    private long chunk;
    private boolean last;
    private @Nullable Throwable failure;

    /// As a task of its own: a [Scheduler.Worker] would keep a thread from others while this rests.
    void start() {
      task.replace(scheduler.schedule(this));
    }

    /// Interrupts a wait for memory.
    void stop() {
      task.dispose();
    }

    @Override
    public void run() {
      if (Thread.currentThread().equals(starting)) {
        return; // a scheduler that runs what it gets at once: one would wait for the other
      }
      Outcome outcome;
      try {
        outcome = walk();
      } catch (Throwable e) { // thrown by the subscriber, whom it is told
        fail(e);
        outcome = Outcome.ENDS;
      }
      if (outcome == Outcome.ENDS) {
        end(failure);
      }
    }

    private Outcome walk() {
      while (hasChunk || take()) {
        make();
        if (emitting != chunk && rests()) {
          return Outcome.RESTS;
        }
        emitMade();
        if (last) {
          return Outcome.ENDS;
        }
        hasChunk = false;
        long next = chunk + 1;
        emitting = next;
        (this == one ? other : one).goOn(next);
      }
      return Outcome.LEAVES;
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
        hasChunk = true;
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
      starting = Thread.currentThread();
      try {
        other.start();
      } catch (RejectedExecutionException _) {
        // then this one does it all
      } finally {
        starting = null;
      }
    }

    /// Makes the records of the chunk, and emits them as soon as it may.
    private void make() {
      while (failure == null && cutter.hasNext() && isRunning()) {
        T element;
        try {
          element = cutter.next();
          if (emitting != chunk) {
            made.add(element);
            continue;
          }
        } catch (Throwable e) { // told behind the records before it
          fail(e);
          return;
        }
        emitMade();
        emit(element);
      }
    }

    private void fail(Throwable e) {
      failure = e;
      last = true;
    }

    /// Waits for its turn for a moment, then no longer.
    ///
    /// @return whether it is to be started again when its turn has come
    private boolean rests() {
      long mine = chunk; // once it rests, another thread may change that
      for (int looks = 0; looks < LOOKS; looks++) {
        if (isUp(mine)) {
          return false;
        }
        Thread.onSpinWait();
      }
      resting.set(mine);
      return !isUp(mine) || !resting.compareAndSet(mine, NOT);
    }

    /// Whether it may emit, or has only to clear up.
    private boolean isUp(long mine) {
      return emitting == mine || !isRunning();
    }

    /// Starts it again if it rests with this chunk, whose turn it is.
    private void goOn(long next) {
      if (resting.compareAndSet(next, NOT)) {
        try {
          start();
        } catch (RejectedExecutionException e) {
          if (isRunning()) {
            throw e;
          }
        }
      }
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
