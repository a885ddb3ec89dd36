package io.filewright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.Cancelled;
import io.filewright.error.DeviceFailed;
import io.filewright.error.FileException;
import java.time.Duration;
import java.util.LinkedHashSet;
import org.junit.jupiter.api.Test;

/// One test for each defect that earlier libraries of this kind really had.
abstract class HistoryContract extends ContractFixture {

  /// A wrapper kept a state of its own, set once, and never saw the loader's.
  @Test
  void theHandleSeesTheLoadersState() throws Exception {
    var engine = faulty();
    Gate gate = engine.block(SpiCall.CHUNK);
    try (var own = builder().engine(engine).build();
        var handle = own.open(files.sparse("large", 16 << 20), MAPPED)) {
      gate.awaitReached(Patience.LIMIT);
      assertThat(handle.isDone()).isFalse();
      gate.release();
      Patience.until("the handle is ready by itself", handle::isReady);
    }
  }

  /// Every failure became the same exception, and its cause a line in a log.
  @Test
  void differentProblemsHaveDifferentTypes() {
    var types = new LinkedHashSet<Class<?>>();
    String[] kinds = {"missing", "directory", "link-loop", "dev-null"};
    for (String kind : kinds) {
      try {
        runtime.openSync(files.make(kind), OpenOptions.readOnly()).close();
      } catch (FileException e) {
        types.add(e.getClass());
      }
    }
    assertThat(types).hasSameSizeAs(kinds);
  }

  /// A lazy handle that nobody had started was waited for, for ever.
  @Test
  void awaitStartsAHandleThatNobodyStarted() throws Exception {
    try (var waited = runtime.openLazy(files.patterned(100), OpenOptions.readOnly());
        var future = runtime.openLazy(files.patterned(100), OpenOptions.readOnly())) {
      assertThat(waited.await(Duration.ofSeconds(10)).byteSize()).isEqualTo(100);
      assertThat(Patience.get(future.toCompletableFuture()).byteSize()).isEqualTo(100);
    }
  }

  /// A cancel set a flag, and the whole file was loaded all the same.
  @Test
  void cancelStopsTheWork() throws Exception {
    var engine = faulty();
    Gate gate = engine.block(SpiCall.CHUNK);
    try (var own = builder().engine(engine).build()) {
      var handle = own.open(files.sparse("large", 64 << 20), MAPPED);
      gate.awaitReached(Patience.LIMIT);
      handle.cancel();
      gate.release();
      Patience.get(handle.closeAsync());
      assertThat(engine.count(SpiCall.CHUNK)).isEqualTo(1);
    }
  }

  /// The same before the file is open: then not even one chunk is brought in.
  @Test
  void cancelDuringTheOpenStopsEverything() throws Exception {
    var engine = faulty();
    Gate gate = engine.block(SpiCall.SIZE);
    try (var own = builder().engine(engine).build()) {
      var handle = own.open(files.sparse("large", 64 << 20), MAPPED);
      gate.awaitReached(Patience.LIMIT);
      handle.cancel();
      gate.release();
      Patience.get(handle.closeAsync());
      assertThat(engine.count(SpiCall.CHUNK)).isZero();
      Patience.untilEmpty(own);
    }
  }

  /// When the file was open before the caller had looked, the caller itself mapped and loaded it.
  @Test
  void theCallerOfOpenNeverDoesTheWork() throws Exception {
    var engine = faulty();
    engine.openAtOnce();
    Gate gate = engine.block(SpiCall.SIZE);
    try (var own = builder().engine(engine).build()) {
      // Would stand at the gate for ever if it were done here.
      var handle = own.open(files.patterned(100_000), MAPPED);
      assertThat(handle.isDone()).isFalse();
      gate.release();
      assertThat(handle.await().byteSize()).isEqualTo(100_000);
      handle.close();
      Patience.untilEmpty(own);
    }
  }

  /// A cancel while a copy was read let it read on to the end.
  @Test
  void cancelStopsACopy() throws Exception {
    var engine = faulty();
    Gate gate = engine.block(SpiCall.READ);
    try (var own = builder().engine(engine).build()) {
      var handle = own.open(files.make("proc-self-status"), OpenOptions.readOnly());
      gate.awaitReached(Patience.LIMIT);
      handle.cancel();
      gate.release();
      assertThatThrownBy(handle::await).isInstanceOf(Cancelled.class);
      Patience.get(handle.closeAsync());
      assertThat(engine.count(SpiCall.READ)).isEqualTo(1);
    }
  }

  /// Prefault was an option of the asynchronous path only.
  @Test
  void theSynchronousPathPrefaultsToo() throws Exception {
    var engine = faulty();
    try (var own = builder().engine(engine).build();
        var region =
            own.openSync(
                files.sparse("large", 8 << 20),
                OpenOptions.readOnly().withPrefault(Prefault.ALL))) {
      assertThat(engine.count(SpiCall.CHUNK)).isPositive();
      assertThat(region.isResident(0, 8 << 20)).isTrue();
    }
  }

  /// An error gave an empty region, which looked like an empty file.
  @Test
  void anErrorIsNeverAnEmptyRegion() throws Exception {
    var engine = faulty();
    engine.failFrom(SpiCall.READ, 1, Fault.DEVICE);
    engine.failFrom(SpiCall.READ_ASYNC, 1, Fault.DEVICE);
    engine.failFrom(SpiCall.MAP, 1, Fault.DEVICE);
    try (var own = builder().engine(engine).build()) {
      for (int size : new int[] {0, 100, 100_000}) {
        var path = files.patterned(size);
        assertThatThrownBy(() -> own.openSync(path, OpenOptions.readOnly()))
            .isInstanceOf(DeviceFailed.class)
            .hasMessage(
                "[%s] fault: an injected device error (EIO). Check the test.".formatted(path));
        try (var handle = own.open(path, OpenOptions.readOnly())) {
          assertThatThrownBy(handle::await).isInstanceOf(DeviceFailed.class);
        }
      }
      Patience.untilEmpty(own);
    }
  }
}
