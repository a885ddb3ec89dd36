package io.filewright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.AsyncFileHandle;
import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.Cancelled;
import io.filewright.error.MemoryLimitExceeded;
import io.filewright.error.Timeout;
import io.filewright.error.TooLarge;
import io.filewright.error.TooManyRegions;
import io.filewright.error.Unsupported;
import io.filewright.memory.MemoryBudget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// Bounds, and the runtime's own end.
abstract class LimitsContract extends ContractFixture {

  @Test
  void refusesWhatIsTooLarge() throws Exception {
    Path path = files.patterned(100);
    assertThatThrownBy(() -> region(path, OpenOptions.readOnly().withMaxSize(99)))
        .isInstanceOf(TooLarge.class)
        .hasMessage(
            "[%s] map: it has at least 100 bytes, and the options allow 99. Open a range of it, or allow more (withMaxSize)."
                .formatted(path));
  }

  @Test
  void capsTheNumberOfRegions() throws Exception {
    try (var own = builder().maxRegions(3).build()) {
      assertThat(own.maxRegions()).isEqualTo(3);
      Path path = files.patterned(100);
      var open = new ArrayList<MmapRegion>();
      for (int i = 0; i < 3; i++) {
        open.add(own.openSync(path, i == 0 ? OpenOptions.readOnly() : MAPPED));
      }
      for (var options : new OpenOptions<?>[] {MAPPED, OpenOptions.readOnly()}) {
        assertThatThrownBy(() -> own.openSync(path, options))
            .isInstanceOf(TooManyRegions.class)
            .hasMessage(
                ("[%s] map: there are 3 live regions, and no more are allowed. Close regions that"
                        + " are no longer used; for a higher cap raise the descriptor limit (ulimit"
                        + " -n) or the runtime's maxRegions.")
                    .formatted(path));
      }
      try (var handle = own.open(path, MAPPED)) {
        assertThatThrownBy(handle::await).isInstanceOf(TooManyRegions.class);
      }
      open.removeLast().close();
      try (var again = own.openSync(path, MAPPED)) {
        assertThat(again.byteSize()).isEqualTo(100);
      }
      open.forEach(MmapRegion::close);
      Patience.untilEmpty(own);
    }
  }

  @Test
  void chargesCopiesToTheBudget() throws Exception {
    var small = MemoryBudget.ofBytes(150);
    Path path = files.patterned(100);
    try (var own = FileRuntime.builder().engine(provider().name()).budget(small).build()) {
      var first = own.openSync(path, OpenOptions.readOnly());
      assertThat(small.usedBytes()).isEqualTo(100);
      assertThat(own.stats().copiedBytes()).isEqualTo(100);
      assertThatThrownBy(() -> own.openSync(path, OpenOptions.readOnly()))
          .isInstanceOf(MemoryLimitExceeded.class)
          .hasMessage(
              "[%s] reserve: the memory budget has 50 of 150 bytes left, 100 are needed. Close what is no longer used, or allow a larger budget."
                  .formatted(path));
      try (var mapped = own.openSync(path, MAPPED)) {
        assertThat(mapped.byteSize()).isEqualTo(100);
      }
      first.close();
      own.openSync(path, OpenOptions.readOnly()).close();
      Patience.untilEmpty(own);
      assertThat(small.usedBytes()).isZero();
    }
  }

  @Test
  void aLoadThatTakesTooLongTimesOut() throws Exception {
    var engine = faulty();
    Gate gate = engine.block(SpiCall.CHUNK);
    Path path = files.sparse("large", 16 << 20);
    try (var own = builder().engine(engine).build()) {
      var handle = own.open(path, MAPPED.withTimeout(Duration.ofMillis(500)));
      gate.awaitReached(Patience.LIMIT);
      assertThatThrownBy(handle::await)
          .isInstanceOf(Timeout.class)
          .hasMessage(
              "[%s] load: it took longer than 500 ms. Allow more time, bring in less (Prefault), or check the disk."
                  .formatted(path));
      gate.release();
      Patience.get(handle.closeAsync());
      Patience.untilEmpty(own);
      assertThat(engine.count(SpiCall.CHUNK)).isEqualTo(1);
    }
  }

  @Test
  void aSynchronousLoadThatTakesTooLongTimesOut() throws Exception {
    var engine = faulty();
    Gate gate = engine.block(SpiCall.CHUNK);
    Path path = files.sparse("large", 16 << 20);
    try (var own = builder().engine(engine).build()) {
      java.util.concurrent.CompletableFuture.delayedExecutor(
              100, java.util.concurrent.TimeUnit.MILLISECONDS)
          .execute(gate::release);
      assertThatThrownBy(() -> own.openSync(path, MAPPED.withTimeout(Duration.ofMillis(30))))
          .isInstanceOf(Timeout.class);
      Patience.untilEmpty(own);
    }
  }

  @Test
  void closingTheRuntimeKeepsReadyRegions() throws Exception {
    var engine = faulty();
    var own = builder().engine(engine).build();
    Path path = files.patterned(100_000);
    MmapRegion ready = own.openSync(path, MAPPED);
    Gate gate = engine.block(SpiCall.CHUNK);
    AsyncFileHandle<MmapRegion> loading = own.open(files.sparse("large", 16 << 20), MAPPED);
    gate.awaitReached(Patience.LIMIT);
    AsyncFileHandle<MmapRegion> lazy = own.openLazy(path, MAPPED);
    own.close();
    own.close();
    assertThatThrownBy(loading::await).isInstanceOf(Cancelled.class);
    assertThatThrownBy(lazy::await).isInstanceOf(Cancelled.class);
    gate.release();
    assertRefuses(own, path);
    assertThat(ready.toByteArray()).isEqualTo(TestFiles.pattern(100_000));
    try (var arena = java.lang.foreign.Arena.ofShared()) {
      assertThat(Patience.get(ready.readAsync(0, arena.allocate(100)))).isEqualTo(100);
    }
    Patience.get(ready.prefetch(0, 100_000));
    ready.close();
    Patience.untilEmpty(own);
  }

  private static void assertRefuses(FileRuntime closed, Path path) {
    String message = "The runtime is already closed.";
    assertThatThrownBy(() -> closed.open(path, MAPPED))
        .isInstanceOf(AlreadyClosed.class)
        .hasMessage(message);
    assertThatThrownBy(() -> closed.openLazy(path, MAPPED)).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(() -> closed.openSync(path, MAPPED)).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(() -> closed.exists(path)).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(() -> closed.size(path)).isInstanceOf(AlreadyClosed.class);
  }

  @Test
  void theSharedRuntimeCannotBeClosed() {
    assertThatThrownBy(() -> FileRuntime.shared().close())
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("The shared runtime cannot be closed.");
  }

  @Test
  void anEngineThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> FileRuntime.builder().engine("steam").build())
        .isInstanceOf(Unsupported.class)
        .hasMessageStartingWith(
            "engine steam: there is no such engine on the class path. Available here: ")
        .hasMessageContaining("portable");
  }

  @Test
  void hungOpensHoldSpareThreadsOnly() throws Exception {
    var engine = faulty();
    Gate gate = engine.block(SpiCall.OPEN);
    try (var own = builder().engine(engine).build()) {
      var hung = new ArrayList<AsyncFileHandle<MmapRegion>>();
      for (int i = 0; i < 3; i++) {
        hung.add(own.open(files.patterned(100_000), MAPPED));
      }
      gate.awaitReached(Patience.LIMIT);
      // Questions take the same threads as opens, and no gate.
      assertThat(own.exists(folder).get(2, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
      gate.release();
      for (var handle : hung) {
        assertThat(handle.await().byteSize()).isEqualTo(100_000);
        handle.close();
      }
      Patience.untilEmpty(own);
    }
  }
}
