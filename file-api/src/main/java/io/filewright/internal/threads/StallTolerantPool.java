package io.filewright.internal.threads;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// A fixed pool that gets one more thread, up to a bound, each time its queue has stood still for
/// [#STALL_MILLIS]: so an open that hangs on a dead network disk holds a spare thread, not
/// everybody else's files.
final class StallTolerantPool implements Executor {

  private static final long STALL_MILLIS = 50;

  private final ThreadPoolExecutor pool;
  private final int calmThreads;
  private final int maxThreads;
  private final AtomicInteger unfinished = new AtomicInteger();
  private final AtomicBoolean watching = new AtomicBoolean();
  private volatile boolean closed;

  StallTolerantPool(ThreadPoolExecutor pool, int maxThreads) {
    this.pool = pool;
    this.calmThreads = pool.getCorePoolSize();
    this.maxThreads = maxThreads;
  }

  /// @throws RejectedExecutionException after [#close]
  @Override
  public void execute(Runnable task) {
    if (closed) {
      throw new RejectedExecutionException("The engine is closed.");
    }
    int waiting = unfinished.incrementAndGet() - calmThreads;
    pool.execute(() -> run(task));
    if (waiting > 0 && watching.compareAndSet(false, true)) {
      watch(pool.getCompletedTaskCount());
    }
  }

  void close() {
    closed = true;
  }

  private void run(Runnable task) {
    try {
      task.run();
    } finally {
      unfinished.decrementAndGet();
    }
  }

  private void watch(long completedBefore) {
    CompletableFuture.delayedExecutor(STALL_MILLIS, TimeUnit.MILLISECONDS, Runnable::run)
        .execute(() -> inspect(completedBefore));
  }

  private void inspect(long completedBefore) {
    if (pool.getQueue().isEmpty()) {
      setThreads(calmThreads);
      watching.set(false);
      if (pool.getQueue().isEmpty() || !watching.compareAndSet(false, true)) {
        return;
      }
    }
    long completed = pool.getCompletedTaskCount();
    if (completed == completedBefore && pool.getCorePoolSize() < maxThreads) {
      setThreads(pool.getCorePoolSize() + 1);
    }
    watch(completed);
  }

  /// Growing the core size starts a thread at once when tasks are queued.
  private void setThreads(int threads) {
    if (threads > pool.getMaximumPoolSize()) {
      pool.setMaximumPoolSize(threads);
      pool.setCorePoolSize(threads);
    } else {
      pool.setCorePoolSize(threads);
      pool.setMaximumPoolSize(threads);
    }
  }
}
