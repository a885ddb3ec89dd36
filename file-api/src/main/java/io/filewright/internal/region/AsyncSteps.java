package io.filewright.internal.region;

import io.filewright.error.FileException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// A row of asynchronous steps, each begun when the one before has ended.
///
/// An engine may have done a step before it returns its stage, so a chain of stages would become a
/// stack of calls as long as the row: 4000 for 1 GiB, which is more than a stack holds. A loop goes
/// over such steps instead.
final class AsyncSteps {

  private AsyncSteps() {}

  /// What can fail.
  @FunctionalInterface
  interface Step {
    void run() throws FileException;
  }

  /// Does a step on the calling thread; its failure is the stage's.
  static CompletionStage<Void> atOnce(Step step) {
    try {
      step.run();
      return CompletableFuture.completedStage(null);
    } catch (FileException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /// Moves so many bytes.
  ///
  /// @param step begins to move some of the bytes from a place on, at least one; its stage says how
  ///   many they were
  static CompletionStage<Void> run(long byteSize, LongFunction<CompletionStage<Long>> step) {
    var result = new CompletableFuture<Void>();
    advance(0, byteSize, step, result);
    return result;
  }

  private static void advance(
      long from,
      long byteSize,
      LongFunction<CompletionStage<Long>> step,
      CompletableFuture<Void> result) {
    try {
      long at = from;
      while (at < byteSize) {
        CompletableFuture<Long> moved = step.apply(at).toCompletableFuture();
        if (!moved.isDone()) {
          goOnLater(moved, at, byteSize, step, result);
          return;
        }
        at += moved.join();
      }
      result.complete(null);
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(unwrapped(e));
    }
  }

  private static void goOnLater(
      CompletableFuture<Long> moved,
      long at,
      long byteSize,
      LongFunction<CompletionStage<Long>> step,
      CompletableFuture<Void> result) {
    var _ =
        moved.whenComplete(
            (count, error) -> {
              if (error == null) {
                advance(at + count, byteSize, step, result);
              } else {
                result.completeExceptionally(unwrapped(error));
              }
            });
  }

  /// Stages wrap what fails in them once they depend on others.
  static Throwable unwrapped(Throwable error) {
    @Nullable Throwable cause = error.getCause();
    return error instanceof CompletionException && cause != null ? cause : error;
  }
}
