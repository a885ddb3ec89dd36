package io.filewright.reactor;

import io.filewright.AsyncFileHandle;
import io.filewright.MmapRegion;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/// Opens a file for each subscriber, and gives it the region for good.
///
/// @param <R> the region's type
final class RegionMono<R extends MmapRegion> extends Mono<R> {

  private final Supplier<AsyncFileHandle<R>> handles;
  private final BlockingThreads threads;

  /// Opens nothing yet.
  ///
  /// @param handles gives lazy ones
  RegionMono(Supplier<AsyncFileHandle<R>> handles, BlockingThreads threads) {
    this.handles = handles;
    this.threads = threads;
  }

  @Override
  public void subscribe(CoreSubscriber<? super R> actual) {
    AsyncFileHandle<R> handle;
    try {
      handle = handles.get();
    } catch (RuntimeException e) {
      Operators.error(actual, e);
      return;
    }
    actual.onSubscribe(new Wait<>(actual, handle, threads));
  }

  private enum State {
    LAZY,
    OPENING,
    CANCELLED,
    ENDED
  }

  /// A region is either handed over or closed: whoever moves the state decides.
  private static final class Wait<R extends MmapRegion> implements Subscription {

    private final CoreSubscriber<? super R> actual;
    private final AsyncFileHandle<R> handle;
    private final BlockingThreads threads;
    private final AtomicReference<State> state = new AtomicReference<>(State.LAZY);

    Wait(CoreSubscriber<? super R> actual, AsyncFileHandle<R> handle, BlockingThreads threads) {
      this.actual = actual;
      this.handle = handle;
      this.threads = threads;
    }

    @Override
    public void request(long n) {
      if (Operators.validate(n) && state.compareAndSet(State.LAZY, State.OPENING)) {
        var _ =
            handle
                .toCompletableFuture()
                .whenComplete((region, error) -> threads.execute(() -> settle(region, error)));
      }
    }

    @Override
    public void cancel() {
      if (state.compareAndSet(State.LAZY, State.CANCELLED)) {
        handle.close(); // nothing has been opened
      } else if (state.compareAndSet(State.OPENING, State.CANCELLED)) {
        BlockingThreads.letGo(handle::close);
      }
    }

    private void settle(@Nullable R region, @Nullable Throwable error) {
      if (!state.compareAndSet(State.OPENING, State.ENDED)) {
        return;
      }
      if (error == null) {
        actual.onNext(Objects.requireNonNull(region));
        actual.onComplete();
      } else {
        Throwable cause = error instanceof CompletionException ? error.getCause() : error;
        actual.onError(cause == null ? error : cause);
      }
    }
  }
}
