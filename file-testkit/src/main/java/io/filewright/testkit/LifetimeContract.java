package io.filewright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.error.AlreadyClosed;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/// When memory goes: close, slices, reads in flight, leaks.
abstract class LifetimeContract extends ContractFixture {

  @Test
  void closeIsIdempotent() throws Exception {
    for (var region : List.of(mapped(new byte[100]), copied(new byte[100]))) {
      region.close();
      region.close();
      assertThat(region.isClosed()).isTrue();
    }
    assertThat(runtime.stats().activeRegions()).isZero();
  }

  @Test
  void aClosedRegionRefusesEverything() throws Exception {
    var region = mapped(new byte[100]);
    region.close();
    MemorySegment target = MemorySegment.ofArray(new byte[1]);
    assertThatThrownBy(() -> region.read(0, target))
        .isInstanceOf(AlreadyClosed.class)
        .hasMessage("read: region [" + region.path() + "] is already closed.");
    assertThatThrownBy(() -> region.readAsync(0, target)).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(region::toByteArray).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(region::asString).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(region::lines).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(() -> region.indexOf(new byte[1], 0)).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(() -> region.mismatch(region)).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(() -> region.checksum(new CRC32C())).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(() -> region.apply(MemorySegment::byteSize))
        .isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(() -> region.forEachBlock((_, _) -> true)).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(() -> region.supports(io.filewright.MmapAdvice.NORMAL))
        .isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(() -> region.slice(0, 1)).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(() -> region.chunks(10).iterator().next()).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(region::access).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(region::sharedSegment).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(region::residency).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(() -> region.isResident(0, 1)).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(() -> region.prefetch(0, 1)).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(() -> region.advise(io.filewright.MmapAdvice.NORMAL))
        .isInstanceOf(AlreadyClosed.class);
    assertThat(region.byteSize()).isEqualTo(100);
  }

  @Test
  void aSliceOutlivesItsParent() throws Exception {
    byte[] content = TestFiles.pattern(10_000);
    sliceOutlives(mapped(content), content);
    sliceOutlives(copied(content), content);
  }

  private void sliceOutlives(MmapRegion region, byte[] content) throws Exception {
    var slice = region.slice(10, 9_000);
    var inner = slice.slice(5, 100);
    region.close();
    slice.close();
    assertThat(runtime.stats().activeRegions()).isEqualTo(1);
    assertThat(inner.toByteArray()).isEqualTo(Arrays.copyOfRange(content, 15, 110));
    assertThat(inner.fileOffset()).isEqualTo(15);
    inner.close();
    assertThat(runtime.stats().activeRegions()).isZero();
  }

  @Test
  void aReadInFlightHoldsTheMemory() throws Exception {
    var engine = faulty();
    byte[] content = TestFiles.pattern(100_000);
    try (var own = builder().engine(engine).build();
        Arena arena = Arena.ofShared()) {
      var region = own.openSync(files.write("a", content), MAPPED);
      Gate gate = engine.block(SpiCall.READ_ASYNC);
      MemorySegment target = arena.allocate(1000);
      CompletableFuture<Long> read = region.readAsync(50_000, target);
      region.close();
      assertThat(own.stats().activeRegions()).isEqualTo(1);
      gate.release();
      assertThat(Patience.get(read)).isEqualTo(1000);
      assertThat(target.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE))
          .isEqualTo(Arrays.copyOfRange(content, 50_000, 51_000));
      Patience.untilEmpty(own);
    }
  }

  @Test
  void readersRacingACloseGetTheTruthOrAlreadyClosed() throws Exception {
    byte[] content = TestFiles.pattern(300_000);
    var crc = new CRC32C();
    crc.update(content);
    Path path = files.write("a", content);
    for (int round = 0; round < 60; round++) {
      var region = region(path, MAPPED);
      var readers = new ArrayList<CompletableFuture<Void>>();
      for (int i = 0; i < 4; i++) {
        int kind = i;
        readers.add(
            CompletableFuture.runAsync(
                () -> readUntilClosed(region, kind, content, crc.getValue()),
                task -> Thread.ofPlatform().start(task)));
      }
      Thread.sleep(round % 4);
      region.close();
      for (var reader : readers) {
        Patience.get(reader);
      }
    }
  }

  private static void readUntilClosed(MmapRegion region, int kind, byte[] content, long crc) {
    try {
      while (true) {
        switch (kind) {
          case 0 -> assertThat(region.toByteArray()).isEqualTo(content);
          case 1 -> assertThat(region.checksum(new CRC32C())).isEqualTo(crc);
          case 2 ->
              assertThat(
                      region.<Long>apply(memory -> MemorySegment.ofArray(content).mismatch(memory)))
                  .isEqualTo(-1);
          default -> {
            try (var slice = region.slice(4000, 9000)) {
              assertThat(slice.toByteArray()).isEqualTo(Arrays.copyOfRange(content, 4000, 9000));
            }
          }
        }
      }
    } catch (AlreadyClosed _) {
      // As it should be.
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aRegionThatIsNeverClosedIsCountedAndFreed() throws Exception {
    Path path = files.patterned(100_000);
    leak(runtime, path);
    Patience.until(
        "the leak is found",
        () -> {
          System.gc();
          return runtime.stats().leakedRegions() == 1;
        });
    Patience.untilEmpty(runtime);
  }

  @Test
  void regionsThatAreClosedAreNoLeaks() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (var region = region(files.patterned(100_000), MAPPED);
          var slice = region.slice(0, 10);
          var lines = slice.lines()) {
        assertThat(lines).isNotNull();
      }
    }
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(5);
    }
    assertThat(runtime.stats().leakedRegions()).isZero();
  }

  @SuppressWarnings("resource") // that is the point
  private static void leak(FileRuntime runtime, Path path) throws Exception {
    runtime.openSync(path, OpenOptions.readOnly());
  }
}
