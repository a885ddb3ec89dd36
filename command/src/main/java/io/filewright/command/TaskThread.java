package io.filewright.command;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A thread for a task that waits for the disk from beginning to end.
final class TaskThread {

  private TaskThread() {}

  /// Starts it.
  ///
  /// @param name of the thread
  static CompletionStage<Report> start(String name, Callable<Report> task) {
    var done = new CompletableFuture<Report>();
    Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(
            () -> {
              try {
                done.complete(task.call());
              } catch (Throwable e) { // told to who waits for the task
                done.completeExceptionally(e);
              }
            });
    return done;
  }
}
