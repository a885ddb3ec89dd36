package io.filewright.internal.ring;

import io.filewright.error.FileException;
import io.filewright.internal.threads.WorkerThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// Ways to complete a future.
final class Results {

  private Results() {}

  /// With what another stage will complete with.
  static <T> void pass(CompletionStage<T> from, CompletableFuture<T> to) {
    var _ =
        from.whenComplete(
            (value, error) -> {
              if (error == null) {
                to.complete(value);
              } else {
                to.completeExceptionally(unwrapped(error));
              }
            });
  }

  /// With what a task returns or throws.
  static <T> void settle(CompletableFuture<T> future, WorkerThreads.Task<T> task) {
    T value;
    try {
      value = task.run();
    } catch (FileException | RuntimeException | Error e) {
      future.completeExceptionally(e);
      return;
    }
    future.complete(value);
  }

  /// As soon as an action has returned or thrown.
  @SuppressWarnings("NullAway") // a stage of Void holds nothing but null
  static void settleVoid(CompletableFuture<Void> future, WorkerThreads.Action action) {
    settle(
        future,
        () -> {
          action.run();
          return null;
        });
  }

  private static Throwable unwrapped(Throwable error) {
    return error instanceof CompletionException e && e.getCause() != null ? e.getCause() : error;
  }
}
