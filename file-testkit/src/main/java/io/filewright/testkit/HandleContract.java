package io.filewright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.AsyncFileHandle;
import io.filewright.FileState.Failed;
import io.filewright.FileState.Loading;
import io.filewright.FileState.Ready;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.Cancelled;
import io.filewright.error.FileException;
import io.filewright.error.NotFound;
import io.filewright.error.Timeout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/// The handle: waiting, asking, ending.
abstract class HandleContract extends ContractFixture {

  @Test
  void everyWayOfAskingGivesTheSameRegion() throws Exception {
    try (var handle = runtime.open(files.patterned(100_000), OpenOptions.readOnly())) {
      MmapRegion region = handle.await();
      assertThat(handle.await(Duration.ofNanos(1))).isSameAs(region);
      assertThat(handle.getNow()).isSameAs(region);
      assertThat(handle.tryGet()).containsSame(region);
      assertThat(Patience.get(handle.toCompletableFuture())).isSameAs(region);
      assertThat(handle.state()).isEqualTo(new Ready<>(region));
      assertThat(handle.isReady()).isTrue();
      assertThat(handle.isDone()).isTrue();
      assertThat(handle.isFailed()).isFalse();
      assertThat(handle.start()).isSameAs(handle);
      assertThat(handle.cancel()).isFalse();
      assertThat(handle).hasToString("Handle [" + handle.path() + "] Ready");
    }
  }

  @Test
  void everyWayOfAskingGivesTheSameFailure() throws Exception {
    Path path = files.make("missing");
    try (var handle = runtime.open(path, OpenOptions.readOnly())) {
      assertThatThrownBy(handle::await).isInstanceOf(NotFound.class);
      FileException failure = ((Failed<MmapRegion>) handle.state()).error();
      assertThatThrownBy(handle::await).isSameAs(failure);
      assertThatThrownBy(() -> handle.await(Duration.ofSeconds(1))).isSameAs(failure);
      assertThatThrownBy(handle::getNow)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Handle [" + path + "] Failed failed.")
          .hasCause(failure);
      assertThat(handle.tryGet()).isEmpty();
      assertThat(Patience.failure(handle.toCompletableFuture())).isSameAs(failure);
      assertThat(handle.isFailed()).isTrue();
      assertThat(handle.isDone()).isTrue();
      assertThat(handle.isReady()).isFalse();
    }
  }

  @Test
  void waitsOnlyAsLongAsAllowed() throws Exception {
    var engine = faulty();
    Gate gate = engine.block(SpiCall.OPEN);
    try (var own = builder().engine(engine).build();
        var handle = own.open(files.patterned(100_000), OpenOptions.readOnly())) {
      assertThatThrownBy(() -> handle.await(Duration.ofMillis(20)))
          .isInstanceOf(Timeout.class)
          .hasMessage(
              "[%s] await: it was not ready within 20 ms. The load goes on: wait again, or cancel it."
                  .formatted(handle.path()));
      assertThat(handle.state()).isEqualTo(new Loading<MmapRegion>(0, Loading.UNKNOWN));
      assertThatThrownBy(handle::getNow)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Handle [%s] Loading is not ready. Await it, or ask isReady first."
                  .formatted(handle.path()));
      gate.release();
      assertThat(handle.await(Duration.ofSeconds(Long.MAX_VALUE)).byteSize()).isEqualTo(100_000);
    }
  }

  @Test
  void cancelsWhatIsPending() throws Exception {
    var handle = runtime.openLazy(files.patterned(100), OpenOptions.readOnly());
    assertThat(handle.cancel()).isTrue();
    assertThat(handle.cancel()).isFalse();
    assertThat(handle.start().isFailed()).isTrue();
    assertThatThrownBy(handle::await)
        .isInstanceOf(Cancelled.class)
        .hasMessage(
            "[%s] load: it was cancelled. Open the file again if it is still needed."
                .formatted(handle.path()));
    Patience.get(handle.closeAsync());
  }

  @Test
  void cancelsWhatIsLoading() throws Exception {
    var engine = faulty();
    Gate gate = engine.block(SpiCall.CHUNK);
    try (var own = builder().engine(engine).build()) {
      var handle = own.open(files.sparse("large", 64 << 20), MAPPED);
      gate.awaitReached(Patience.LIMIT);
      assertThat(handle.cancel()).isTrue();
      assertThatThrownBy(handle::await).isInstanceOf(Cancelled.class);
      CompletableFuture<Void> released = handle.closeAsync();
      assertThat(released).isNotDone();
      gate.release();
      Patience.get(released);
      assertThat(own.stats().openDescriptors()).isZero();
      assertThat(own.stats().mappedBytes()).isZero();
    }
  }

  @Test
  void closingKeepsTheStateAndEndsTheRegion() throws Exception {
    var handle = runtime.open(files.patterned(100_000), OpenOptions.readOnly());
    MmapRegion region = handle.await();
    handle.close();
    handle.close();
    assertClosed(handle, region);
  }

  @Test
  void closingTheRegionIsAsGoodAsClosingTheHandle() throws Exception {
    var handle = runtime.open(files.patterned(100_000), OpenOptions.readOnly());
    MmapRegion region = handle.await();
    region.close();
    assertClosed(handle, region);
    Patience.untilEmpty(runtime);
    handle.close();
    assertClosed(handle, region);
  }

  private static void assertClosed(AsyncFileHandle<MmapRegion> handle, MmapRegion region)
      throws Exception {
    String message = "Handle [" + handle.path() + "] Ready is already closed.";
    assertThat(handle.state()).isEqualTo(new Ready<>(region));
    assertThat(region.isClosed()).isTrue();
    assertThat(handle.tryGet()).isEmpty();
    assertThatThrownBy(handle::await).isInstanceOf(AlreadyClosed.class).hasMessage(message);
    assertThatThrownBy(() -> handle.await(Duration.ofSeconds(1)))
        .isInstanceOf(AlreadyClosed.class)
        .hasMessage(message);
    assertThatThrownBy(handle::getNow).isInstanceOf(AlreadyClosed.class).hasMessage(message);
    assertThat(Patience.failure(handle.toCompletableFuture()))
        .isInstanceOf(AlreadyClosed.class)
        .hasMessage(message);
  }

  @Test
  void awaitAfterAnEarlyCloseIsAlreadyClosed() throws Exception {
    var handle = runtime.openLazy(files.patterned(100), OpenOptions.readOnly());
    handle.close();
    assertThat(handle.isFailed()).isTrue();
    assertThatThrownBy(handle::await).isInstanceOf(AlreadyClosed.class);
    Patience.get(handle.closeAsync());
  }

  @Test
  void closeAsyncCompletesWhenEverythingIsReleased() throws Exception {
    var handle = runtime.open(files.patterned(100_000), OpenOptions.readOnly());
    handle.await();
    Patience.get(handle.closeAsync());
    assertThat(runtime.stats().activeRegions()).isZero();
    assertThat(runtime.stats().openDescriptors()).isZero();
  }

  @Test
  void useClosesBehindYou() throws Exception {
    var handle = runtime.openLazy(files.patterned(100), OpenOptions.readOnly());
    assertThat(handle.use(MmapRegion::byteSize)).isEqualTo(100L);
    assertThatThrownBy(handle::await).isInstanceOf(AlreadyClosed.class);
    var failing = runtime.openLazy(files.patterned(100), OpenOptions.readOnly());
    var broken = new IllegalArgumentException("broken");
    assertThatThrownBy(
            () ->
                failing.use(
                    _ -> {
                      throw broken;
                    }))
        .isSameAs(broken);
    assertThatThrownBy(failing::await).isInstanceOf(AlreadyClosed.class);
  }

  @Test
  void useAsyncClosesWhenTheStageCompletes() throws Exception {
    var handle = runtime.openLazy(files.patterned(100_000), OpenOptions.readOnly());
    var inner = new CompletableFuture<String>();
    CompletableFuture<String> result = handle.useAsync(_ -> inner);
    MmapRegion region = handle.await();
    assertThat(region.isClosed()).isFalse();
    inner.complete("done");
    assertThat(Patience.get(result)).isEqualTo("done");
    assertThat(region.isClosed()).isTrue();
  }

  @Test
  void useAsyncClosesWhenTheFunctionFails() throws Exception {
    var handle = runtime.open(files.patterned(100_000), OpenOptions.readOnly());
    MmapRegion region = handle.await();
    var broken = new IllegalArgumentException("broken");
    var result =
        handle.<String>useAsync(
            _ -> {
              throw broken;
            });
    assertThat(Patience.failure(result)).isSameAs(broken);
    assertThat(region.isClosed()).isTrue();
    var stageFails = runtime.open(files.patterned(100_000), OpenOptions.readOnly());
    assertThat(Patience.failure(stageFails.useAsync(_ -> CompletableFuture.failedStage(broken))))
        .isSameAs(broken);
    assertThat(Patience.failure(runtime.open(files.make("missing"), MAPPED).useAsync(_ -> result)))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void useAsyncClosesWhenItsResultIsCancelled() throws Exception {
    var handle = runtime.open(files.patterned(100_000), OpenOptions.readOnly());
    MmapRegion region = handle.await();
    CompletableFuture<String> result = handle.useAsync(_ -> new CompletableFuture<>());
    result.cancel(true);
    assertThat(region.isClosed()).isTrue();
  }

  @Test
  void useAsyncClosesWhenItsResultRunsOutOfTime() throws Exception {
    var ready = runtime.open(files.patterned(100_000), OpenOptions.readOnly());
    MmapRegion region = ready.await();
    CompletableFuture<String> late = ready.useAsync(_ -> new CompletableFuture<>());
    assertThat(Patience.failure(late.orTimeout(1, TimeUnit.MILLISECONDS)))
        .isInstanceOf(TimeoutException.class);
    Patience.until("the region is closed", region::isClosed);

    var engine = faulty();
    Gate gate = engine.block(SpiCall.OPEN);
    try (var own = builder().engine(engine).build()) {
      var loading = own.open(files.patterned(100_000), OpenOptions.readOnly());
      var result = loading.useAsync(_ -> CompletableFuture.completedStage("too late"));
      assertThat(Patience.failure(result.orTimeout(1, TimeUnit.MILLISECONDS)))
          .isInstanceOf(TimeoutException.class);
      Patience.until("the load is cancelled", loading::isFailed);
      gate.release();
    }
  }

  @Test
  void aFutureCannotTouchTheLoad() throws Exception {
    var engine = faulty();
    Gate gate = engine.block(SpiCall.OPEN);
    try (var own = builder().engine(engine).build();
        var handle = own.open(files.patterned(100_000), OpenOptions.readOnly())) {
      var cancelled = handle.toCompletableFuture();
      cancelled.cancel(true);
      var completed = handle.toCompletableFuture();
      completed.completeExceptionally(new IllegalStateException("not yours"));
      var timedOut = handle.toCompletableFuture().orTimeout(1, TimeUnit.MILLISECONDS);
      var untouched = handle.toCompletableFuture();
      assertThat(Patience.failure(timedOut)).isInstanceOf(TimeoutException.class);
      gate.release();
      assertThat(handle.await().byteSize()).isEqualTo(100_000);
      assertThat(Patience.get(untouched)).isSameAs(handle.getNow());
      assertThat(cancelled).isCancelled();
    }
  }

  @Test
  void dependentsRunOnTheCallbackExecutor() throws Exception {
    var threads = new ArrayList<String>();
    try (var own =
            builder()
                .callbackExecutor(task -> Thread.ofPlatform().name("mine").start(task))
                .build();
        var handle = own.openLazy(files.patterned(100_000), OpenOptions.readOnly())) {
      var seen =
          handle
              .toCompletableFuture()
              .thenAccept(_ -> threads.add(Thread.currentThread().getName()));
      handle.await();
      Patience.get(seen);
    }
    // The future may be complete when the dependent is added: then it runs here.
    assertThat(threads).isSubsetOf("mine", Thread.currentThread().getName());
  }

  @Test
  void aCallbackExecutorThatRefusesFailsTheFuture() throws Exception {
    try (var own =
            builder()
                .callbackExecutor(
                    _ -> {
                      throw new java.util.concurrent.RejectedExecutionException("full");
                    })
                .build();
        var handle = own.open(files.patterned(100_000), OpenOptions.readOnly())) {
      handle.await();
      assertThat(Patience.failure(handle.toCompletableFuture())).hasMessageContaining("full");
    }
  }

  @Test
  void progressRisesAndCompletes() throws Exception {
    var seen = new Recorder();
    Path path = files.sparse("large", 16 << 20);
    try (var handle = runtime.openLazy(path, MAPPED)) {
      handle.progress().subscribe(seen);
      Patience.get(seen.subscribed);
      handle.await();
      Patience.get(seen.ended);
    }
    assertThat(seen.loaded).isSorted().isNotEmpty().allMatch(n -> n >= 0 && n <= 16 << 20);
    assertThat(seen.totals).allMatch(n -> n == 16 << 20);
  }

  @Test
  void progressEndsWithTheFailure() throws Exception {
    var seen = new Recorder();
    try (var handle = runtime.openLazy(files.make("missing"), MAPPED)) {
      handle.progress().subscribe(seen);
      handle.start();
      assertThat(Patience.failure(seen.ended)).isInstanceOf(NotFound.class);
      var late = new Recorder();
      handle.progress().subscribe(late);
      assertThat(Patience.failure(late.ended)).isInstanceOf(NotFound.class);
    }
  }

  @Test
  void progressCompletesForWhoSubscribesTooLate() throws Exception {
    try (var handle = runtime.open(files.patterned(100), MAPPED)) {
      handle.await();
      var late = new Recorder();
      handle.progress().subscribe(late);
      Patience.get(late.ended);
      assertThat(late.loaded).isEmpty();
    }
  }

  @Test
  void interruptEndsOneWaitAndNotTheLoad() throws Exception {
    var engine = faulty();
    Gate gate = engine.block(SpiCall.OPEN);
    try (var own = builder().engine(engine).build();
        var handle = own.open(files.patterned(100_000), OpenOptions.readOnly())) {
      var interrupted = new CompletableFuture<Throwable>();
      var other = new CompletableFuture<MmapRegion>();
      Thread first = waiter(handle, new CompletableFuture<>(), interrupted);
      waiter(handle, other, new CompletableFuture<>());
      Patience.until("the first waits", () -> first.getState() == Thread.State.WAITING);
      first.interrupt();
      assertThat(Patience.get(interrupted)).isInstanceOf(InterruptedException.class);
      gate.release();
      assertThat(Patience.get(other).byteSize()).isEqualTo(100_000);
    }
  }

  private static Thread waiter(
      AsyncFileHandle<MmapRegion> handle,
      CompletableFuture<MmapRegion> region,
      CompletableFuture<Throwable> failure) {
    return Thread.ofPlatform()
        .start(
            () -> {
              try {
                region.complete(handle.await());
              } catch (Exception e) {
                failure.complete(e);
              }
            });
  }

  private static final class Recorder implements Flow.Subscriber<Loading<MmapRegion>> {
    final List<Long> loaded = new ArrayList<>();
    final List<Long> totals = new ArrayList<>();
    final CompletableFuture<Void> subscribed = new CompletableFuture<>();
    final CompletableFuture<Void> ended = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
      subscribed.complete(null);
    }

    @Override
    public void onNext(Loading<MmapRegion> state) {
      loaded.add(state.loadedBytes());
      totals.add(state.totalBytes());
    }

    @Override
    public void onError(Throwable error) {
      ended.completeExceptionally(error instanceof CompletionException e ? e.getCause() : error);
    }

    @Override
    @SuppressWarnings("NullAway") // a future of Void holds nothing but null
    public void onComplete() {
      ended.complete(null);
    }
  }
}
