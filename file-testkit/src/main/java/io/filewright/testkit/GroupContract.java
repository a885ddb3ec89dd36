package io.filewright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.AsyncFileHandle;
import io.filewright.AsyncFiles;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.error.NotFound;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Several handles at once.
abstract class GroupContract extends ContractFixture {

  @Test
  void awaitAllKeepsTheOrder() throws Exception {
    var handles = new ArrayList<AsyncFileHandle<MmapRegion>>();
    for (int size : new int[] {100_000, 1, 20_000, 0, 50_000}) {
      handles.add(runtime.openLazy(files.patterned(size), OpenOptions.readOnly()));
    }
    List<MmapRegion> regions = AsyncFiles.awaitAll(handles);
    assertThat(regions)
        .extracting(MmapRegion::byteSize)
        .containsExactly(100_000L, 1L, 20_000L, 0L, 50_000L);
    handles.forEach(AsyncFileHandle::close);
    assertThat(AsyncFiles.awaitAll(List.<AsyncFileHandle<MmapRegion>>of())).isEmpty();
  }

  @Test
  void theFirstFailureClosesTheRest() throws Exception {
    var engine = faulty();
    Gate gate = engine.block(SpiCall.CHUNK);
    try (var own = builder().engine(engine).build()) {
      var ready = own.open(files.patterned(100), OpenOptions.readOnly());
      MmapRegion region = ready.await();
      var loading = own.open(files.sparse("large", 16 << 20), MAPPED);
      var missing = own.openLazy(files.make("missing"), OpenOptions.readOnly());
      assertThatThrownBy(() -> AsyncFiles.awaitAll(List.of(loading, ready, missing)))
          .isInstanceOf(NotFound.class);
      assertThat(region.isClosed()).isTrue();
      assertThat(loading.isFailed()).isTrue();
      gate.release();
      Patience.untilEmpty(own);
    }
  }

  @Test
  void readyNamesThoseThatAreReady() throws Exception {
    try (var ready = runtime.open(files.patterned(100), OpenOptions.readOnly());
        var lazy = runtime.openLazy(files.patterned(200), OpenOptions.readOnly());
        var missing = runtime.open(files.make("missing"), OpenOptions.readOnly())) {
      ready.await();
      assertThatThrownBy(missing::await).isInstanceOf(NotFound.class);
      assertThat(AsyncFiles.ready(List.of(lazy, missing, ready))).containsExactly(ready);
      assertThat(lazy.isDone()).isFalse();
    }
  }

  @Test
  void asCompletedGivesEachOnceInTheOrderOfTheirEnds() throws Exception {
    var engine = faulty();
    Gate gate = engine.block(SpiCall.POPULATE_ASYNC);
    try (var own = builder().engine(engine).build();
        var slow = own.open(files.patterned(100_000), MAPPED);
        var quick = own.openLazy(files.patterned(100), OpenOptions.readOnly());
        var missing = own.openLazy(files.make("missing"), OpenOptions.readOnly())) {
      var seen = new ArrayList<AsyncFileHandle<MmapRegion>>();
      for (var handle : AsyncFiles.asCompleted(List.of(slow, quick, missing))) {
        assertThat(handle.isDone()).isTrue();
        seen.add(handle);
        if (seen.size() == 2) {
          gate.release();
        }
      }
      assertThat(seen).hasSize(3).containsOnlyOnce(slow, quick, missing).endsWith(slow);
    }
  }

  @Test
  void interruptWhileWaitingForTheNextClosesNothing() throws Exception {
    var engine = faulty();
    Gate gate = engine.block(SpiCall.OPEN);
    try (var own = builder().engine(engine).build();
        var handle = own.open(files.patterned(100), OpenOptions.readOnly())) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> AsyncFiles.awaitAll(List.of(handle)))
          .isInstanceOf(InterruptedException.class);
      var completed = AsyncFiles.asCompleted(List.of(handle)).iterator();
      Thread.currentThread().interrupt();
      assertThatThrownBy(completed::next)
          .isInstanceOf(java.io.UncheckedIOException.class)
          .hasMessageContaining("interrupted while waiting for the next file");
      assertThat(Thread.interrupted()).isTrue();
      gate.release();
      assertThat(completed.next()).isSameAs(handle);
      assertThat(handle.await().byteSize()).isEqualTo(100);
    }
  }
}
