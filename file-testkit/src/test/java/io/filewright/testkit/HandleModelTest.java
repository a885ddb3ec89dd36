package io.filewright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.AsyncFileHandle;
import io.filewright.FileRuntime;
import io.filewright.FileState;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.Cancelled;
import io.filewright.error.DeviceFailed;
import io.filewright.error.FileException;
import io.filewright.error.Timeout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Any sequence of what users and the engine can do keeps a handle inside its states.
class HandleModelTest {

  private static final Path FILE = Path.of("/strict/file");

  /// What can happen. The engine works only when a `STEP` lets it, one task at a time.
  enum Action {
    START,
    CANCEL,
    CLOSE,
    CLOSE_REGION,
    STEP,
    BREAK_ENGINE,
    AWAIT,
    TRY_GET,
    FUTURE,
    CANCEL_FUTURE
  }

  /// What the handle may be in.
  private enum Phase {
    PENDING,
    LOADING,
    READY,
    FAILED
  }

  @Property(tries = 2000)
  void staysInsideItsStates(@ForAll("actions") List<Action> actions) throws Exception {
    var tasks = new ArrayDeque<Runnable>();
    var strict = StrictEngine.on(tasks::add).withFile(FILE, TestFiles.pattern(20_000));
    var engine = FaultyEngine.over(strict);
    try (var runtime =
        FileRuntime.builder().engine(engine).callbackExecutor(Runnable::run).build()) {
      var options = OpenOptions.readOnly().withPrefault(Prefault.ALL);
      var model = new Model(runtime.openLazy(FILE, options), engine, tasks);
      for (Action action : actions) {
        model.apply(action);
        model.check();
      }
      model.handle.close();
      while (!tasks.isEmpty()) {
        tasks.remove().run();
      }
      assertThat(model.handle.closeAsync()).isCompleted();
      assertThat(runtime.stats().activeRegions()).isZero();
      assertThat(runtime.stats().openDescriptors()).isZero();
      assertThat(runtime.stats().mappedBytes()).isZero();
    }
    strict.assertNothingOpen();
  }

  /// Steps are frequent, ends are rare: most sequences get somewhere.
  @Provide
  Arbitrary<List<Action>> actions() {
    return Arbitraries.frequency(
            net.jqwik.api.Tuple.of(3, Action.START),
            net.jqwik.api.Tuple.of(1, Action.CANCEL),
            net.jqwik.api.Tuple.of(1, Action.CLOSE),
            net.jqwik.api.Tuple.of(1, Action.CLOSE_REGION),
            net.jqwik.api.Tuple.of(8, Action.STEP),
            net.jqwik.api.Tuple.of(1, Action.BREAK_ENGINE),
            net.jqwik.api.Tuple.of(3, Action.AWAIT),
            net.jqwik.api.Tuple.of(3, Action.TRY_GET),
            net.jqwik.api.Tuple.of(2, Action.FUTURE),
            net.jqwik.api.Tuple.of(1, Action.CANCEL_FUTURE))
        .list()
        .ofMaxSize(20);
  }

  private static final class Model {
    private final AsyncFileHandle<MmapRegion> handle;
    private final FaultyEngine engine;
    private final Queue<Runnable> tasks;
    private Phase phase = Phase.PENDING;
    private boolean broken;
    private boolean closed;
    private long loaded;

    Model(AsyncFileHandle<MmapRegion> handle, FaultyEngine engine, Queue<Runnable> tasks) {
      this.handle = handle;
      this.engine = engine;
      this.tasks = tasks;
    }

    void apply(Action action) throws Exception {
      switch (action) {
        case START -> {
          assertThat(handle.start()).isSameAs(handle);
          started();
        }
        case CANCEL -> assertThat(handle.cancel()).isEqualTo(end());
        case CLOSE -> {
          handle.close();
          closed = true;
          end();
        }
        case CLOSE_REGION -> handle.tryGet().ifPresent(this::closeRegion);
        case STEP -> step();
        case BREAK_ENGINE -> {
          engine.failFrom(SpiCall.MAP, 1, Fault.DEVICE);
          engine.failFrom(SpiCall.POPULATE_ASYNC, 1, Fault.DEVICE);
          broken = true;
        }
        case AWAIT -> await();
        case TRY_GET ->
            assertThat(handle.tryGet().isPresent()).isEqualTo(phase == Phase.READY && !closed);
        case FUTURE -> {
          var future = handle.toCompletableFuture();
          started();
          assertThat(future.isDone()).isEqualTo(handle.isDone());
          assertThat(future.isCompletedExceptionally())
              .isEqualTo(handle.isDone() && (phase == Phase.FAILED || closed));
        }
        case CANCEL_FUTURE -> {
          handle.toCompletableFuture().cancel(true);
          started();
        }
      }
    }

    private void started() {
      phase = phase == Phase.PENDING ? Phase.LOADING : phase;
    }

    private boolean end() {
      boolean ended = phase == Phase.PENDING || phase == Phase.LOADING;
      phase = ended ? Phase.FAILED : phase;
      return ended;
    }

    private void closeRegion(MmapRegion region) {
      region.close();
      closed = true;
    }

    /// An open or a load of the engine; the handle may end by it, in one way only.
    private void step() {
      Runnable task = tasks.poll();
      if (task == null) {
        return;
      }
      task.run();
      if (phase == Phase.LOADING && handle.isDone()) {
        phase = handle.isReady() ? Phase.READY : Phase.FAILED;
        assertThat(phase == Phase.FAILED).isEqualTo(broken && !handle.isReady());
      }
    }

    private void await() throws Exception {
      Throwable seen = null;
      try {
        assertThat(handle.await(Duration.ZERO).isClosed()).isFalse();
      } catch (FileException | IllegalStateException e) {
        seen = e;
      }
      started();
      Class<?> expected =
          switch (phase) {
            case PENDING, LOADING -> Timeout.class;
            case READY -> closed ? io.filewright.error.AlreadyClosed.class : null;
            case FAILED ->
                closed
                    ? io.filewright.error.AlreadyClosed.class
                    : ((FileState.Failed<MmapRegion>) handle.state()).error().getClass();
          };
      assertThat(seen == null ? null : seen.getClass()).isEqualTo(expected);
    }

    void check() {
      switch (handle.state()) {
        case FileState.Pending<MmapRegion> _ -> assertThat(phase).isEqualTo(Phase.PENDING);
        case FileState.Loading<MmapRegion>(long loadedBytes, long totalBytes) -> {
          assertThat(phase).isEqualTo(Phase.LOADING);
          assertThat(loadedBytes).isBetween(loaded, 20_000L);
          assertThat(totalBytes).isIn(FileState.Loading.UNKNOWN, 20_000L);
          loaded = loadedBytes;
        }
        case FileState.Ready<MmapRegion>(MmapRegion region) -> {
          assertThat(phase).isEqualTo(Phase.READY);
          assertThat(region.isClosed()).isEqualTo(closed);
        }
        case FileState.Failed<MmapRegion>(FileException error) -> {
          assertThat(phase).isEqualTo(Phase.FAILED);
          assertThat(error).isInstanceOfAny(Cancelled.class, DeviceFailed.class);
        }
      }
      assertThat(handle.isReady()).isEqualTo(phase == Phase.READY);
      assertThat(handle.isFailed()).isEqualTo(phase == Phase.FAILED);
    }
  }
}
