package io.filewright.internal.threads;

import io.filewright.error.FileException;
import io.filewright.spi.EngineSettings;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The two pools of a threaded engine. Their threads are daemons, nobody interrupts them, and they
/// end after [#IDLE_MILLIS] without work, so an engine that is not used holds none.
///
/// The queues hold one entry for each open or load that some caller holds a handle of; they have no
/// bound of their own.
public final class WorkerThreads {

  /// A load up to this size runs at once when it is asked for on one of our own threads: handing it
  /// over (5 to 20 us) would cost more than it can take (a cold 1 MiB is about 1 ms on an SSD).
  public static final long INLINE_BYTES = 1L << 20;

  private static final long IDLE_MILLIS = 2_000;
  private static final AtomicInteger ENGINES = new AtomicInteger();

  private final ThreadPoolExecutor loaders;
  private final StallTolerantPool openers;

  public WorkerThreads(EngineSettings settings) {
    int engine = ENGINES.incrementAndGet();
    this.loaders = pool(settings.loadThreads(), new Factory(this, "filewright-load-" + engine));
    this.openers =
        new StallTolerantPool(
            pool(calmThreads(settings), new Factory(this, "filewright-open-" + engine)),
            settings.openThreads(),
            settings.openThreads() + settings.spareThreads());
  }

  /// A task that may block and may fail.
  @FunctionalInterface
  public interface Task<T> {
    T run() throws FileException;
  }

  /// A task without a result.
  @FunctionalInterface
  public interface Action {
    void run() throws FileException;
  }

  /// Runs an open.
  public <T> CompletionStage<T> open(Task<T> task) {
    return submit(openers, task);
  }

  /// Runs a load of so many bytes: at once if it is small and this is one of our threads.
  public <T> CompletionStage<T> load(long byteSize, Task<T> task) {
    return submit(byteSize <= INLINE_BYTES && isOwnThread() ? Runnable::run : loaders, task);
  }

  /// The same for a task without a result.
  @SuppressWarnings("NullAway") // a stage of Void holds nothing but null
  public CompletionStage<Void> run(long byteSize, Action action) {
    return load(
        byteSize,
        () -> {
          action.run();
          return null;
        });
  }

  /// Runs a task that waits for the disk for long, such as a sync: beside the loads, as an open is.
  @SuppressWarnings("NullAway") // a stage of Void holds nothing but null
  public CompletionStage<Void> await(Action action) {
    return open(
        () -> {
          action.run();
          return null;
        });
  }

  /// Runs a task on one of our threads, which nobody interrupts, and waits for it however often
  /// this thread is interrupted.
  public <T> T runNow(Task<T> task) throws FileException {
    return isOwnThread() ? task.run() : join(open(task));
  }

  /// Runs a load on one of our threads and waits for it likewise. A virtual thread that waits holds
  /// no carrier.
  public <T> T loadNow(Task<T> task) throws FileException {
    return join(submit(loaders, task));
  }

  private static <T> T join(CompletionStage<T> stage) throws FileException {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof FileException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /// Runs blocking work that may hang; at once if this is one of our threads.
  public Executor openers() {
    return task -> (isOwnThread() ? (Executor) Runnable::run : openers).execute(task);
  }

  /// Refuses opens from now on. Loads for files that are open already still run.
  public void close() {
    openers.close();
  }

  /// Whether the calling thread is one of these.
  public boolean isOwnThread() {
    return Thread.currentThread() instanceof Worker worker && worker.owner == this;
  }

  private static <T> CompletionStage<T> submit(Executor executor, Task<T> task) {
    var result = new CompletableFuture<T>();
    executor.execute(
        () -> {
          try {
            result.complete(task.run());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  private static int calmThreads(EngineSettings settings) {
    return Math.min(settings.openThreads(), Runtime.getRuntime().availableProcessors());
  }

  private static ThreadPoolExecutor pool(int threads, ThreadFactory factory) {
    var pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_MILLIS,
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            factory);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private record Factory(WorkerThreads owner, String name, AtomicLong count)
      implements ThreadFactory {

    Factory(WorkerThreads owner, String name) {
      this(owner, name, new AtomicLong());
    }

    @Override
    public Thread newThread(Runnable task) {
      return new Worker(owner, task, name + "-" + count.incrementAndGet());
    }
  }

  private static final class Worker extends Thread {
    private final WorkerThreads owner;

    Worker(WorkerThreads owner, Runnable task, String name) {
      super(null, task, name, 0, false);
      this.owner = owner;
      setDaemon(true);
    }
  }
}
