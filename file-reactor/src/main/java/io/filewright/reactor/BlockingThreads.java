package io.filewright.reactor;

import io.filewright.error.FileException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Where work is done that may wait for the disk.
///
/// @param scheduler whose threads may be blocked
record BlockingThreads(Scheduler scheduler) {

  /// Refuses to wait where nobody must.
  ///
  /// @throws IllegalStateException on a thread that must not be blocked
  static void check() {
    if (Schedulers.isInNonBlockingThread()) {
      throw new IllegalStateException(
          "Files are read on threads that may wait, but "
              + Thread.currentThread().getName()
              + " must not. Use Schedulers.boundedElastic().");
    }
  }

  /// Work that may fail.
  ///
  /// @param <T> its result
  @FunctionalInterface
  interface Work<T> {
    @Nullable T run() throws FileException;
  }

  /// Does it there when subscribed to; a null result is none. A cancel does not stop it.
  <T> Mono<T> run(Work<T> work) {
    return there(
        () -> {
          check();
          return work.run();
        });
  }

  /// Lets go of something there, whatever threads these are: it must not be kept.
  Mono<Void> release(Release release) {
    return there(
        () -> {
          release.run();
          return null;
        });
  }

  private <T> Mono<T> there(Work<T> work) {
    return Mono.create(
        sink ->
            execute(
                () -> {
                  try {
                    sink.success(work.run());
                  } catch (FileException | RuntimeException e) {
                    sink.error(e);
                  }
                }));
  }

  /// What gives something back.
  @FunctionalInterface
  interface Release {
    void run() throws FileException;
  }

  /// Does it there, or here if the scheduler has been disposed of: nothing that is held may stay.
  void execute(Runnable task) {
    try {
      var _ = scheduler.schedule(task);
    } catch (RejectedExecutionException _) {
      task.run();
    }
  }
}
