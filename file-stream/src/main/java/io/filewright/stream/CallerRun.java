package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.stream.Batches.Claim;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Each batch is processed when its result is asked for, by the thread that asks.
///
/// So who ends the run from elsewhere interrupts that thread, whatever it waits for: the function,
/// a publisher's element, a channel's bytes. The thread leaves with the interrupt status that it
/// came with.
final class CallerRun<B, R> implements StreamRun<R> {

  private final BatchWork<B, R> work;
  private long index;
  private boolean ended;

  /// Never held while anything waits but for the condition.
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition left = lock.newCondition();

  /// The thread that is in `next`.
  private @Nullable Thread caller;

  private volatile boolean cancelled;
  private boolean interruptedByRun;
  private boolean closedByCaller;

  CallerRun(BatchWork<B, R> work) {
    this.work = work;
  }

  @Override
  public @Nullable R next() throws FileException, InterruptedException {
    enter();
    try {
      return nextResult();
    } finally {
      leave();
    }
  }

  private @Nullable R nextResult() throws FileException, InterruptedException {
    while (!ended && !cancelled) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Optional<Claim<B>> claim = work.claim();
      ended = claim.isEmpty();
      if (claim.isPresent()) {
        R result = work.run(index++, claim.get());
        if (result != null) {
          return result;
        }
      }
    }
    return null;
  }

  private void enter() {
    lock.lock();
    try {
      caller = Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  /// Whatever came of it, it is cancelled if the run is.
  private void leave() throws FileException {
    boolean closing;
    lock.lock();
    try {
      caller = null;
      if (interruptedByRun) {
        interruptedByRun = false;
        var _ = Thread.interrupted();
      }
      closing = closedByCaller;
      left.signalAll();
    } finally {
      lock.unlock();
    }
    if (closing) {
      work.close();
    }
    if (cancelled) {
      throw BatchWork.cancelled();
    }
  }

  @Override
  public void cancel() {
    lock.lock();
    try {
      cancelled = true;
      if (caller != null && !Thread.currentThread().equals(caller)) {
        interruptedByRun = true;
        caller.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The function that closes its own run does not wait for itself: who asked for the result does
  /// the rest.
  @Override
  public void close() {
    cancel();
    lock.lock();
    try {
      if (Thread.currentThread().equals(caller)) {
        closedByCaller = true;
        return;
      }
      while (caller != null) {
        left.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
    work.close();
  }
}
