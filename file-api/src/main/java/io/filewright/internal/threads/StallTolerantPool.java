package io.filewright.internal.threads;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// A pool that is no larger than its work deserves.
///
/// While tasks take microseconds, one thread for each processor does them: more would only take
/// turns. While they wait for a disk ([#SLOW_NANOS] on average), there may be more at a time. And
/// each time the queue has stood still for [#STALL_MILLIS], one more thread is added, up to a
/// bound: so an open that hangs on a dead network disk holds a spare thread, not everybody else's
/// files.
final class StallTolerantPool implements Executor {

  private static final long STALL_MILLIS = 50;

  /// Opening and copying a hot file of 64 KiB takes 12 us, a cold one 100 us and more.
  private static final long SLOW_NANOS = 40_000;

  /// A single task counts for no more, however long it took: it may have waited for a processor.
  private static final long MOST_COUNTED_NANOS = 5 * SLOW_NANOS;

  private static final int AVERAGED_OVER = 8;

  private final ThreadPoolExecutor pool;
  private final Time time;
  private final int calmThreads;
  private final int waitingThreads;
  private final int maxThreads;
  private final AtomicInteger unfinished = new AtomicInteger();
  private final AtomicBoolean watching = new AtomicBoolean();
  private volatile boolean closed;

  /// How long a task takes, on average. Written without care: a lost sample does no harm.
  private volatile long meanNanos;

  /// The clock by which tasks are slow or quick, and the queue stands still or moves.
  interface Time {

    /// Like [System#nanoTime].
    long nanos();

    /// Runs it once, after [#STALL_MILLIS].
    void later(Runnable inspection);
  }

  /// The time of the system.
  private record SystemTime() implements Time {

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public void later(Runnable inspection) {
      CompletableFuture.delayedExecutor(STALL_MILLIS, TimeUnit.MILLISECONDS, Runnable::run)
          .execute(inspection);
    }
  }

  /// @param pool with as many threads as are used while nothing waits
  /// @param waitingThreads the most threads while tasks wait for the disk
  /// @param maxThreads the most threads while tasks hang
  StallTolerantPool(ThreadPoolExecutor pool, int waitingThreads, int maxThreads) {
    this(pool, waitingThreads, maxThreads, new SystemTime());
  }

  StallTolerantPool(ThreadPoolExecutor pool, int waitingThreads, int maxThreads, Time time) {
    this.pool = pool;
    this.time = time;
    this.calmThreads = pool.getCorePoolSize();
    this.waitingThreads = waitingThreads;
    this.maxThreads = maxThreads;
  }

  /// @throws RejectedExecutionException after [#close]
  @Override
  public void execute(Runnable task) {
    if (closed) {
      throw new RejectedExecutionException("The engine is closed.");
    }
    int queued = unfinished.incrementAndGet() - pool.getCorePoolSize();
    pool.execute(() -> run(task));
    if (queued > 0) {
      if (isSlow() && pool.getCorePoolSize() < waitingThreads) {
        setThreads(pool.getCorePoolSize() + 1);
      }
      if (watching.compareAndSet(false, true)) {
        watch(pool.getCompletedTaskCount());
      }
    }
  }

  void close() {
    closed = true;
  }

  private void run(Runnable task) {
    long started = time.nanos();
    try {
      task.run();
    } finally {
      long took = Math.min(time.nanos() - started, MOST_COUNTED_NANOS);
      long mean = meanNanos;
      meanNanos = mean + (took - mean) / AVERAGED_OVER;
      unfinished.decrementAndGet();
    }
  }

  private boolean isSlow() {
    return meanNanos > SLOW_NANOS;
  }

  private void watch(long completedBefore) {
    time.later(() -> inspect(completedBefore));
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
    } else if (completed != completedBefore && !isSlow()) {
      setThreads(calmThreads);
    }
    watch(completed);
  }

  /// Growing the core size starts a thread at once when tasks are queued.
  private synchronized void setThreads(int threads) {
    if (threads > pool.getMaximumPoolSize()) {
      pool.setMaximumPoolSize(threads);
      pool.setCorePoolSize(threads);
    } else if (threads != pool.getCorePoolSize()) {
      pool.setCorePoolSize(threads);
      pool.setMaximumPoolSize(threads);
    }
  }
}
