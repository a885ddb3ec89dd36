package io.filewright.internal.ring;

import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// An event loop that sleeps in epoll_wait(2) until somebody writes to its eventfd: completions are
/// delivered on its thread.
final class EpollLoop implements Executor {

  private static final long CLOSE_MILLIS = 1_000;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("filewright-epoll", true), EpollIoHandler.newFactory());
  private final IoEventLoop loop = group.next();

  /// Runs a task that does not block: at once on the loop's thread, else later on it.
  ///
  /// @throws RejectedExecutionException after its end
  @Override
  public void execute(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
    } else {
      loop.execute(task);
    }
  }

  /// The same stage, but completed on the loop's thread; after its end, where the other one is.
  <T> CompletionStage<T> deliver(CompletionStage<T> stage) {
    var delivered = new CompletableFuture<T>();
    var _ = stage.whenCompleteAsync((_, _) -> Results.pass(stage, delivered), this::executeAnyhow);
    return delivered;
  }

  private void executeAnyhow(Runnable task) {
    try {
      execute(task);
    } catch (RejectedExecutionException _) {
      task.run();
    }
  }

  /// Ends it once all that has been given to it is done. Never waits.
  void close() {
    var _ = group.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
  }
}
