package io.filewright.command;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Threads that look at regions once they are ready, one for each processor. Their queue is bounded
/// by [FileRun#IN_FLIGHT].
final class Inspectors implements Executor, AutoCloseable {

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          Thread.ofPlatform().daemon().name("filewright-inspector-", 0).factory());

  @Override
  public void execute(Runnable task) {
    threads.execute(task);
  }

  /// Does not wait: what is still running when the command ends is of no interest.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
