package io.filewright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.MmapAdvice;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.Unsupported;
import io.filewright.spi.AdviceResult;
import io.filewright.spi.Residency;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/// What is in memory: prefault, prefetch, residency, advice and locks.
abstract class ResidencyContract extends ContractFixture {

  private static final int SIZE = 5 << 20;

  @Test
  void everyAdviceHasATypedAnswerAndChangesNothing() throws Exception {
    byte[] content = TestFiles.pattern(100_000);
    try (var region = mapped(content);
        var copy = copied(TestFiles.pattern(100))) {
      for (MmapAdvice advice : MmapAdvice.values()) {
        check(region.advise(advice));
        check(region.advise(advice, 4095, 4097));
        check(region.advise(advice, 5, 5));
        assertThat(copy.advise(advice))
            .isEqualTo(
                new AdviceResult.Unsupported("the region is a copy, the kernel has no say in it"));
      }
      assertThat(region.toByteArray()).isEqualTo(content);
      assertThat(copy.toByteArray()).isEqualTo(TestFiles.pattern(100));
      for (MmapAdvice advice : MmapAdvice.values()) {
        assertThat(region.supports(advice))
            .as(advice.name())
            .isEqualTo(region.advise(advice).isApplied());
        assertThat(copy.supports(advice)).isFalse();
      }
      assertThat(region.advise(MmapAdvice.POPULATE).isApplied()).isTrue();
      assertThat(region.advise(MmapAdvice.SEQUENTIAL).isApplied())
          .isEqualTo(can(EngineTrait.HINTS));
    }
  }

  private static void check(AdviceResult result) {
    switch (result) {
      case AdviceResult.Applied _ -> assertThat(result.isApplied()).isTrue();
      case AdviceResult.Unsupported(String reason) ->
          assertThat(reason).isNotBlank().doesNotEndWith(".");
    }
  }

  @Test
  void prefaultAllMakesEverythingResident() throws Exception {
    var path = files.patterned(SIZE);
    try (var handle = runtime.open(path, MAPPED);
        var sync = region(path, MAPPED)) {
      for (MmapRegion region : new MmapRegion[] {handle.await(), sync}) {
        Residency residency = region.residency();
        assertThat(residency.isComplete()).isTrue();
        assertThat(residency.residentBytes()).isEqualTo(SIZE);
        assertThat(region.isResident(0, SIZE)).isTrue();
        assertThat(region.isResident(7, 7)).isTrue();
      }
      assertThat(runtime.stats().prefaultedBytes()).isEqualTo(2L * SIZE);
    }
  }

  @Test
  void countsPagesFromTheOneThatHoldsTheFirstByte() throws Exception {
    int page = runtime.pageSize();
    try (var region =
            region(files.patterned(20 * page), MAPPED.withRange(page - 1, 5L * page + 1));
        var slice = region.slice(1, 1 + page)) {
      assertThat(region.residency().pageCount()).isEqualTo(6);
      assertThat(slice.residency().pageCount()).isEqualTo(1);
      assertThat(region.residency().residentBytes()).isEqualTo(4L * page + 2);
    }
  }

  @Test
  void prefaultBringsInAsMuchAsAsked() throws Exception {
    var path = files.sparse("large", 64 << 20);
    for (Prefault prefault : Prefault.values()) {
      var engine = faulty();
      try (var own = builder().engine(engine).build();
          var handle = own.open(path, OpenOptions.readOnly().withPrefault(prefault))) {
        handle.await();
        assertThat(own.stats().prefaultedBytes())
            .as(prefault.name())
            .isEqualTo(prefault.bytesOf(64 << 20));
      }
    }
  }

  @Test
  void prefetchBringsARangeIn() throws Exception {
    try (var region = region(files.patterned(SIZE), OpenOptions.readOnly())) {
      Patience.get(region.prefetch(1 << 20, 3 << 20));
      assertThat(region.isResident(1 << 20, 3 << 20)).isTrue();
      Patience.get(region.prefetch(5, 5));
    }
  }

  @Test
  void cancellingAPrefetchStopsItBetweenTwoChunks() throws Exception {
    var engine = faulty();
    try (var own = builder().engine(engine).build()) {
      var region =
          own.openSync(files.sparse("large", 64 << 20), MAPPED.withPrefault(Prefault.NONE));
      Gate gate = engine.block(SpiCall.CHUNK);
      CompletableFuture<Void> prefetch = region.prefetch(0, 64 << 20);
      gate.awaitReached(Patience.LIMIT);
      prefetch.cancel(true);
      region.close();
      assertThat(own.stats().activeRegions()).isEqualTo(1);
      gate.release();
      Patience.untilEmpty(own);
      assertThat(engine.count(SpiCall.CHUNK)).isEqualTo(1);
    }
  }

  @Test
  void locksMemoryOrSaysThatItCannot() throws Exception {
    var path = files.patterned(100_000);
    var options = OpenOptions.readOnly().withLockInMemory();
    if (can(EngineTrait.MEMORY_LOCK)) {
      try (var region = region(path, options)) {
        assertThat(region.isResident(0, 100_000)).isTrue();
      }
    } else {
      Assertions.assertThatThrownBy(() -> region(path, options)).isInstanceOf(Unsupported.class);
    }
  }
}
