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
    return Mono.create(
        sink ->
            execute(
                () -> {
                  try {
                    check();
                    sink.success(work.run());
                  } catch (FileException | RuntimeException e) {
                    sink.error(e);
                  }
                }));
  }

  /// Lets go of something when subscribed to, see [#letGo], and says there that it is done.
  Mono<Void> release(Release release) {
    return Mono.<Void>create(
            sink ->
                letGo(
                    () -> {
                      try {
                        release.run();
                        sink.success();
                      } catch (FileException | RuntimeException e) {
                        sink.error(e);
                      }
                    }))
        .publishOn(scheduler);
  }

  /// What gives something back.
  @FunctionalInterface
  interface Release {
    void run() throws FileException;
  }

  /// Gives back what is held, which may wait: on a thread of its own. A scheduler that is disposed
  /// of drops what it was given to do, without a word.
  static void letGo(Runnable release) {
    Thread.ofVirtual().name("filewright-release").start(release);
  }

  /// Does it there, or here if the scheduler has been disposed of.
  void execute(Runnable task) {
    try {
      var _ = scheduler.schedule(task);
    } catch (RejectedExecutionException _) {
      task.run();
    }
  }
}
