package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.stream.Batches.Claim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Batches are processed by threads of the run's own, ahead of who asks for results.
///
/// ```
///   claim, one at a time ──> number ──> work, all at the same time ──> outcomes ──> next, in order
///        ▲ waits while WINDOW times as many outcomes as there are workers are on their way or wait
/// ```
///
/// A failure is an outcome in its place, and so is the end: what was claimed before is delivered
/// before, so which failure is told does not depend on which thread was faster.
///
/// The threads are the run's own, so is their interrupt status: it is cleared before each claim,
/// and only [#close] means something by it. A worker that ends leaves an outcome, unless nobody
/// waits for one any more.
final class WorkersRun<B, R> implements StreamRun<R> {

  /// Outcomes for each worker: one that it works on, and two that wait to be asked for.
  static final int WINDOW = 3;

  private static final AtomicLong RUNS = new AtomicLong();

  private final BatchWork<B, R> work;
  private final List<Thread> threads = new ArrayList<>();
  private final int window;
  private final AtomicInteger working;
  private volatile boolean closedByWorker;

  /// Held while a batch is claimed, which may wait for the disk; taken before the other one.
  private final ReentrantLock claiming = new ReentrantLock();

  private long claimed;

  /// Never held while anything waits but for the two conditions.
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition room = lock.newCondition();
  private final Condition arrived = lock.newCondition();

  /// A ring: that of a batch is at its number modulo the window.
  private final List<@Nullable Outcome<R>> outcomes;

  private long delivered;
  private boolean claimsEnded;
  private boolean cancelled;

  /// What took a worker's outcome with it, such as a heap that had no room for it.
  private @Nullable Throwable lost;

  private sealed interface Outcome<R> {

    /// @param result null if there was nothing in the batch
    record Result<R>(@Nullable R result) implements Outcome<R> {}

    record Failed<R>(Throwable failure) implements Outcome<R> {}

    record End<R>() implements Outcome<R> {}
  }

  private record Ticket<B>(long index, Claim<B> claim) {}

  WorkersRun(BatchWork<B, R> work, int workers) {
    this.work = work;
    this.window = WINDOW * workers;
    this.outcomes = new ArrayList<>(Collections.nCopies(window, null));
    this.working = new AtomicInteger(workers);
    long run = RUNS.incrementAndGet();
    for (int i = 1; i <= workers; i++) {
      String name = "filewright-stream-%d-%d".formatted(run, i);
      threads.add(Thread.ofPlatform().daemon().name(name).unstarted(this::workUntilEnd));
    }
  }

  /// @throws OutOfMemoryError if there are too many threads; then those that run end
  StreamRun<R> start() {
    boolean done = false;
    try {
      threads.forEach(Thread::start);
      done = true;
      return this;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  @Override
  public @Nullable R next() throws FileException, InterruptedException {
    while (true) {
      switch (nextOutcome()) {
        case Outcome.End<R> _ -> {
          return null;
        }
        case Outcome.Failed<R>(Throwable failure) -> throw Results.rethrown(failure);
        case Outcome.Result<R>(R result) -> {
          if (result != null) {
            return result;
          }
        }
      }
    }
  }

  /// The end and a failure are not taken out: nothing comes behind them.
  private Outcome<R> nextOutcome() throws FileException, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (cancelled) {
          throw BatchWork.cancelled();
        }
        Outcome<R> next = outcomes.get(slot(delivered));
        if (next instanceof Outcome.Result<R>) {
          outcomes.set(slot(delivered++), null);
          room.signalAll();
        }
        if (next != null) {
          return next;
        }
        if (lost != null) {
          return new Outcome.Failed<>(lost);
        }
        arrived.await();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void cancel() {
    lock.lock();
    try {
      cancelled = true;
      claimsEnded = true;
      Collections.fill(outcomes, null);
      arrived.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Interrupts, for a function that waits: reading files is not disturbed by that. A worker cannot
  /// wait for itself, nor for another one that closes the run too, so it leaves the end to the last
  /// of them.
  @Override
  public void close() {
    cancel();
    threads.forEach(Thread::interrupt);
    if (threads.contains(Thread.currentThread())) {
      closedByWorker = true;
      return;
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      interrupted |= joined(thread);
    }
    work.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// @return whether this thread was interrupted meanwhile
  private static boolean joined(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    return interrupted;
  }

  private void workUntilEnd() {
    try {
      for (var ticket = claim(); ticket.isPresent(); ticket = claim()) {
        workOn(ticket.get());
      }
    } catch (Throwable e) {
      lose(e);
    } finally {
      if (working.decrementAndGet() == 0 && closedByWorker) {
        work.close();
      }
    }
  }

  /// Cleared first, looked at then: an interrupt by `close` that is lost so is seen by what was set
  /// before it.
  private Optional<Ticket<B>> claim() {
    claiming.lock();
    try {
      var _ = Thread.interrupted();
      if (!awaitRoom()) {
        return Optional.empty();
      }
      long index = claimed++;
      try {
        Optional<Claim<B>> claim = work.claim();
        if (claim.isEmpty()) {
          arrive(index, new Outcome.End<>());
        }
        return claim.map(c -> new Ticket<>(index, c));
      } catch (Throwable e) {
        arrive(index, new Outcome.Failed<>(e));
        return Optional.empty();
      }
    } finally {
      claiming.unlock();
    }
  }

  private boolean awaitRoom() {
    lock.lock();
    try {
      while (!claimsEnded && claimed - delivered >= window) {
        room.awaitUninterruptibly();
      }
      return !claimsEnded;
    } finally {
      lock.unlock();
    }
  }

  private void workOn(Ticket<B> ticket) {
    Outcome<R> outcome;
    try {
      outcome = new Outcome.Result<>(work.run(ticket.index, ticket.claim));
    } catch (Throwable e) {
      outcome = new Outcome.Failed<>(e);
    }
    arrive(ticket.index, outcome);
  }

  /// Takes no memory.
  private void lose(Throwable reason) {
    lock.lock();
    try {
      claimsEnded = true;
      lost = lost == null ? reason : lost;
      arrived.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void arrive(long index, Outcome<R> outcome) {
    lock.lock();
    try {
      claimsEnded |= !(outcome instanceof Outcome.Result<R>);
      if (!cancelled) {
        outcomes.set(slot(index), outcome);
      }
      arrived.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private int slot(long index) {
    return (int) (index % window);
  }
}
