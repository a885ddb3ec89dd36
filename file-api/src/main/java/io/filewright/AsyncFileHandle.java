package io.filewright;

import io.filewright.FileState.Failed;
import io.filewright.FileState.Loading;
import io.filewright.FileState.Pending;
import io.filewright.FileState.Ready;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.InUse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// A file on its way into memory, and the owner of the region that comes of it.
///
/// ```java
/// try (var handle = AsyncFiles.open(path)) {
///   prepareSomethingElse();
///   String text = handle.await().asString();
/// }
/// ```
///
/// [#state] never waits and never starts anything. Everything that waits ([#await], [#use]) or asks
/// for a result later ([#toCompletableFuture], [#useAsync]) starts a lazy handle. An interrupt ends
/// one wait; the load goes on.
///
/// Closing the handle cancels a load that is under way and closes a region that is ready. Closing
/// the region first is just as good: the handle then has nothing left to close. After either, the
/// state stays what it was and the region can no longer be obtained. All methods may be called from
/// any thread.
///
/// @param <R> the region's type
public final class AsyncFileHandle<R extends MmapRegion> implements AutoCloseable {

  /// Waking an engine's thread, opening and mapping 4 KiB took 25 us where this was measured.
  private static final long SPIN_NANOS =
      Runtime.getRuntime().availableProcessors() > 1 ? 50_000 : 0;

  private final Loader<R> loader;
  private final AtomicReference<FileState<R>> state = new AtomicReference<>(new Pending<>());
  private final CompletableFuture<FileState<R>> settled = new CompletableFuture<>();
  private final CompletableFuture<Void> released = new CompletableFuture<>();
  private final ProgressFeed<R> progress;
  private volatile boolean closed;

  AsyncFileHandle(Loader<R> loader) {
    this.loader = loader;
    this.progress = new ProgressFeed<>(loader.callbacks());
  }

  /// The path that it was opened by.
  public Path path() {
    return loader.path();
  }

  /// Where the load stands.
  public FileState<R> state() {
    return Objects.requireNonNull(state.get());
  }

  /// Whether the region can be had without waiting.
  public boolean isReady() {
    return state() instanceof Ready;
  }

  /// Whether the load has ended without a region.
  public boolean isFailed() {
    return state() instanceof Failed;
  }

  /// Whether the load has ended, one way or the other.
  public boolean isDone() {
    return state().isTerminal();
  }

  /// Starts a lazy handle; does nothing to one that has been started, cancelled or closed.
  ///
  /// @return this
  public AsyncFileHandle<R> start() {
    var pending = state();
    if (pending instanceof Pending
        && state.compareAndSet(pending, new Loading<>(0, Loading.UNKNOWN))) {
      loader.load(this);
    }
    return this;
  }

  /// Waits until the region is ready. On a virtual thread this holds no carrier.
  ///
  /// @return the region, which stays the handle's: close either
  /// @throws FileException why the load failed; the same object for everybody who asks
  /// @throws AlreadyClosed if the handle or its region has been closed
  public R await() throws FileException, InterruptedException {
    start();
    spinUntilDone();
    try {
      return region(settled.get());
    } catch (ExecutionException e) {
      throw new AssertionError("settled never fails", e);
    }
  }

  /// The same for a limited time. When it is over, the load goes on.
  ///
  /// @throws io.filewright.error.Timeout if it was not ready in time
  public R await(Duration timeout) throws FileException, InterruptedException {
    start();
    try {
      return region(settled.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS));
    } catch (TimeoutException _) {
      throw Failures.waitOver(path(), timeout);
    } catch (ExecutionException e) {
      throw new AssertionError("settled never fails", e);
    }
  }

  /// The region, without waiting.
  ///
  /// @throws IllegalStateException if it is not ready; its cause is the failure, if there is one
  public R getNow() {
    return switch (state()) {
      case Ready<R>(R region) -> open(region);
      case Failed<R>(FileException error) ->
          throw new IllegalStateException(this + " failed.", error);
      case Pending<R> _, Loading<R> _ ->
          throw new IllegalStateException(this + " is not ready. Await it, or ask isReady first.");
    };
  }

  /// The region if it is ready and open, without waiting.
  public Optional<R> tryGet() {
    return state() instanceof Ready<R>(R region) && !closed && !region.isClosed()
        ? Optional.of(region)
        : Optional.empty();
  }

  /// Waits for the region, hands it to a function, and closes it whatever happens.
  public <T> T use(RegionFunction<? super R, T> function)
      throws FileException, InterruptedException {
    try (this) {
      return function.apply(await());
    }
  }

  /// Hands the region to a function when it is ready, and closes it once the stage that the
  /// function returns has completed, or at once when the result is ended from outside: cancelled,
  /// completed, or out of time ([CompletableFuture#orTimeout]).
  ///
  /// @param function called on the runtime's callback executor
  public <T> CompletableFuture<T> useAsync(
      RegionFunction<? super R, ? extends CompletionStage<T>> function) {
    CompletableFuture<T> result =
        toCompletableFuture()
            .thenCompose(region -> applied(function, region))
            .whenComplete((_, _) -> close()); // before whoever waits for the result goes on
    var _ = result.whenComplete((_, _) -> close()); // when the result was ended from outside
    return result;
  }

  /// A new future of the region: completing, cancelling or timing it out never touches the load,
  /// and the handle keeps the region. Its dependents run on the runtime's callback executor.
  public CompletableFuture<R> toCompletableFuture() {
    start();
    return loader
        .services()
        .handOut(
            settled.thenCompose(
                end -> {
                  try {
                    return CompletableFuture.completedStage(region(end));
                  } catch (FileException | AlreadyClosed e) {
                    return CompletableFuture.failedStage(e);
                  }
                }));
  }

  /// Publishes the load's progress to any number of subscribers, then completion or the failure. A
  /// subscriber that asks for less than there is misses some states. Does not start the handle.
  public Flow.Publisher<Loading<R>> progress() {
    return progress;
  }

  /// Stops the load before it is ready: no chunk is begun any more, and what it held is released.
  ///
  /// @return whether this call ended it; false if it had ended before
  public boolean cancel() {
    return !isDone() && fail(Failures.cancelled(path()));
  }

  /// Cancels a load that is under way, closes a region that is ready. Idempotent; never waits.
  @Override
  public void close() {
    closed = true;
    if (!cancel() && state() instanceof Ready<R>(R region)) {
      region.close();
    }
  }

  /// Closes, and says when the load has let go of everything: at the latest after the chunk or the
  /// system call that is under way.
  public CompletableFuture<Void> closeAsync() {
    close();
    return loader.services().handOut(released);
  }

  @Override
  public String toString() {
    return "Handle [%s] %s"
        .formatted(FailureDetails.printable(path()), state().getClass().getSimpleName());
  }

  /// A small file that is in the page cache is ready sooner than a thread that parks would be awake
  /// again. While other files load, the processor is theirs. A virtual thread parks at once: it
  /// costs little, and its carrier has others to run.
  private void spinUntilDone() {
    Thread current = Thread.currentThread();
    if (SPIN_NANOS == 0 || !loader.isAlone() || current.isVirtual()) {
      return;
    }
    long start = System.nanoTime();
    while (!settled.isDone()
        && !current.isInterrupted()
        && System.nanoTime() - start < SPIN_NANOS) {
      Thread.onSpinWait();
    }
  }

  /// Waits like [#await()], however often the thread is interrupted; its interrupt status stays.
  R awaitUninterruptibly() throws FileException {
    start();
    return region(settled.join());
  }

  /// Called by the loader.
  ///
  /// @return whether it shall go on
  boolean loaded(long loadedBytes, long totalBytes) {
    var next = new Loading<R>(loadedBytes, totalBytes);
    while (true) {
      var seen = state();
      if (!(seen instanceof Loading)) {
        return false;
      }
      if (state.compareAndSet(seen, next)) {
        progress.publish(next);
        return true;
      }
    }
  }

  /// Called by the loader, once, with a region that this handle takes over or closes.
  void ready(R region) {
    var next = new Ready<>(region);
    while (true) {
      var seen = state();
      if (seen.isTerminal()) {
        region.close();
        return;
      }
      if (state.compareAndSet(seen, next)) {
        settle(next);
        return;
      }
    }
  }

  /// Ends the load without a region.
  ///
  /// @return whether this call ended it
  boolean fail(FileException error) {
    var next = new Failed<R>(error);
    while (true) {
      var seen = state();
      if (seen.isTerminal()) {
        return false;
      }
      if (state.compareAndSet(seen, next)) {
        settle(next);
        if (seen instanceof Pending) {
          released();
        }
        return true;
      }
    }
  }

  /// Called by the loader when it holds nothing any more but what it handed over.
  void released() {
    released.complete(null);
  }

  /// Runs a short action on the ending thread, or at once.
  void onSettled(Consumer<AsyncFileHandle<R>> action) {
    var _ = settled.thenRun(() -> action.accept(this));
  }

  private static <R, T> CompletionStage<T> applied(
      RegionFunction<? super R, ? extends CompletionStage<T>> function, R region) {
    try {
      return function.apply(region);
    } catch (FileException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private void settle(FileState<R> end) {
    switch (end) {
      case Failed<R>(FileException error) -> progress.fail(error);
      case Ready<R> _, Loading<R> _, Pending<R> _ -> progress.complete();
    }
    settled.complete(end);
  }

  private R region(FileState<R> end) throws FileException {
    if (closed) {
      throw new AlreadyClosed(this.toString());
    }
    return switch (end) {
      case Ready<R>(R region) -> {
        Optional<InUse> takenAway = region.takenAway("await");
        if (takenAway.isPresent()) {
          throw takenAway.get();
        }
        yield open(region);
      }
      case Failed<R>(FileException error) -> throw error;
      case Pending<R> _, Loading<R> _ -> throw new AssertionError(end);
    };
  }

  private R open(R region) {
    if (closed || region.isClosed()) {
      var failure = new AlreadyClosed(this.toString());
      region.takenAway("getNow").ifPresent(failure::initCause);
      throw failure;
    }
    return region;
  }

  /// Works on a region, see [AsyncFileHandle#use] and [AsyncFileHandle#useAsync].
  @FunctionalInterface
  public interface RegionFunction<R, T> {
    T apply(R region) throws FileException;
  }
}
