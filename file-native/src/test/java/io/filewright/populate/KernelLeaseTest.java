package io.filewright.populate;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.AsyncFileHandle;
import io.filewright.FileRuntime;
import io.filewright.FileState;
import io.filewright.Guard;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.InUse;
import io.filewright.error.Unsupported;
import io.filewright.internal.load.PopulateProvider;
import io.filewright.spi.EngineSettings;
import io.filewright.testkit.FaultyEngine;
import io.filewright.testkit.Gate;
import io.filewright.testkit.SpiCall;
import io.filewright.testkit.TestFiles;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Regions under a lease of the kernel. That this JVM lives through the breaks shows that no signal
/// arrives: that of a lease ends a process by default.
@Timeout(60)
class KernelLeaseTest {

  private static final int SIZE = 100_000;
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final OpenOptions<MmapRegion> LEASED =
      OpenOptions.readOnly().withGuard(Guard.KERNEL_LEASE);

  @TempDir Path folder;
  private FileRuntime runtime;
  private Path path;

  @BeforeEach
  void begin() throws Exception {
    runtime = FileRuntime.builder().engine("populate").build();
    path = TestFiles.in(folder).patterned(SIZE);
  }

  @AfterEach
  void leavesNothingBehind() throws Exception {
    assertIdle(runtime);
    runtime.close();
    until("the watcher has ended", () -> watchers() == 0);
  }

  @Test
  void readsLikeAnyOtherRegion() throws Exception {
    for (int size : new int[] {0, 1, 4096, SIZE}) {
      Path file = TestFiles.in(folder).patterned(size);
      try (var region = runtime.openSync(file, LEASED)) {
        assertThat(region.toByteArray()).isEqualTo(TestFiles.pattern(size));
        assertThat(region.guard()).isEqualTo(Guard.KERNEL_LEASE);
        assertThat(watchers()).isEqualTo(1);
      }
    }
  }

  @Test
  void letsAnotherProcessWriteAndRefusesFurtherUse() throws Exception {
    try (var region = runtime.openSync(path, LEASED)) {
      Process other = new ProcessBuilder("sh", "-c", ": > " + path).inheritIO().start();

      assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(other.exitValue()).isZero();
      assertThat(Files.size(path)).isZero();
      assertThatThrownBy(region::toByteArray)
          .isInstanceOf(InUse.class)
          .hasMessage(
              ("[%s] toByteArray: somebody else wants to write to the file or to truncate it, so"
                      + " the kernel took its lease back. Open it again when they are done, or use"
                      + " Guard.SNAPSHOT.")
                  .formatted(path));
      assertThatThrownBy(() -> region.slice(0, 1))
          .isInstanceOf(AlreadyClosed.class)
          .hasCauseInstanceOf(InUse.class);
      assertThat(region.isClosed()).isTrue();
      assertIdle(runtime);
    }
  }

  @Test
  void keepsWritersWaitingWhileTheMemoryIsUsed() throws Exception {
    var region = runtime.openSync(path, LEASED);
    MmapRegion slice = region.slice(10, SIZE);
    var access = slice.access();
    var truncation = truncateElsewhere(0);

    until("the break is noticed", slice::isClosed);

    assertThatThrownBy(slice::toByteArray).isInstanceOf(InUse.class);
    assertThatThrownBy(() -> region.readAsync(0, access.segment()))
        .isInstanceOf(AlreadyClosed.class)
        .hasCauseInstanceOf(InUse.class);
    assertThatThrownBy(() -> truncation.get(100, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThat(access.segment().get(JAVA_BYTE, SIZE - 11)).isEqualTo(TestFiles.patternAt(SIZE - 1));
    access.close();
    truncation.get(10, TimeUnit.SECONDS);
    assertIdle(runtime);
    slice.close();
    region.close();
  }

  @Test
  void letsThisProcessWriteToo() throws Exception {
    try (var region = runtime.openSync(path, LEASED)) {
      truncateElsewhere(10).get(10, TimeUnit.SECONDS);
      assertThatThrownBy(region::toByteArray).isInstanceOf(InUse.class);
    }
    try (var region = runtime.openSync(path, LEASED)) {
      assertThatThrownBy(() -> runtime.openSync(path, OpenOptions.readWrite()).close())
          .isInstanceOf(InUse.class);
      until("the break is noticed", region::isClosed);
      runtime.openSync(path, OpenOptions.readWrite()).close();
    }
  }

  @Test
  void readersAreNotKeptWaiting() throws Exception {
    try (var region = runtime.openSync(path, LEASED);
        var other = runtime.openSync(path, LEASED)) {
      assertThat(Files.readAllBytes(path)).hasSize(SIZE);
      assertThat(region.mismatch(other)).isEqualTo(-1);
    }
  }

  @Test
  void isRefusedWhileSomebodyWrites() throws Exception {
    try (var _ = new RandomAccessFile(path.toFile(), "rw")) {
      assertThatThrownBy(() -> runtime.openSync(path, LEASED).close())
          .isInstanceOf(InUse.class)
          .hasMessage(
              ("[%s] lease: somebody has it open for writing (EAGAIN). Wait until they close it,"
                      + " or use Guard.SNAPSHOT.")
                  .formatted(path));
    }
    runtime.openSync(path, LEASED).close();
  }

  @Test
  void aFileWithoutLeasesSaysWhatToUseInstead() {
    assertThatThrownBy(() -> runtime.openSync(Path.of("/proc/self/status"), LEASED).close())
        .isInstanceOf(Unsupported.class)
        .hasMessage(
            "[/proc/self/status] lease: the kernel makes the content of proc up as it likes. Use"
                + " Guard.SNAPSHOT.");
  }

  @Test
  void aStreamOfLinesEndsWithInUse() throws Exception {
    Files.writeString(path, "line\n".repeat(50_000));
    try (var region = runtime.openSync(path, LEASED);
        var lines = region.lines()) {
      var iterator = lines.iterator();
      assertThat(iterator.next()).isEqualTo("line");
      truncateElsewhere(0).get(10, TimeUnit.SECONDS);
      assertThatThrownBy(
              () -> {
                while (iterator.hasNext()) {
                  assertThat(iterator.next()).isEqualTo("line");
                }
              })
          .isInstanceOf(UncheckedIOException.class)
          .hasCauseInstanceOf(InUse.class);
    }
  }

  @Test
  void aHandleSaysThatItsRegionWasTaken() throws Exception {
    try (var handle = runtime.open(path, LEASED)) {
      assertThat(handle.await().byteSize()).isEqualTo(SIZE);
      truncateElsewhere(0).get(10, TimeUnit.SECONDS);
      assertThatThrownBy(handle::await).isInstanceOf(InUse.class);
      assertThatThrownBy(() -> handle.use(MmapRegion::byteSize)).isInstanceOf(InUse.class);
      assertThat(handle.state()).isInstanceOf(FileState.Ready.class);
    }
    try (var handle = runtime.open(path, LEASED)) {
      handle.await();
      truncateElsewhere(0).get(10, TimeUnit.SECONDS);
      assertThatThrownBy(handle::getNow)
          .isInstanceOf(AlreadyClosed.class)
          .hasCauseInstanceOf(InUse.class);
      assertThat(handle.tryGet()).isEmpty();
      assertThat(handle.toCompletableFuture())
          .failsWithin(LIMIT)
          .withThrowableThat()
          .withCauseInstanceOf(InUse.class);
    }
  }

  /// Between the lease and the mapping, and while the pages are brought in.
  @Test
  void aBreakDuringTheLoadFailsIt() throws Exception {
    for (SpiCall at : List.of(SpiCall.MAP, SpiCall.CHUNK)) {
      for (boolean sync : new boolean[] {true, false}) {
        var engine = FaultyEngine.over(new PopulateProvider().create(new EngineSettings(2, 4, 2)));
        Path file = TestFiles.in(folder).sparse("large", 64 << 20);
        try (var own = FileRuntime.builder().engine(engine).build()) {
          Gate gate = engine.block(at);
          var options = LEASED.withPrefault(Prefault.ALL);
          var opened =
              elsewhere(
                  () -> {
                    if (sync) {
                      own.openSync(file, options).close();
                    } else {
                      try (AsyncFileHandle<MmapRegion> handle = own.open(file, options)) {
                        handle.await();
                      }
                    }
                  });
          gate.awaitReached(LIMIT);
          var truncation = elsewhere(() -> TestFiles.resize(file, 1));
          until("the break is noticed, so there is nothing left to watch", () -> watchers() == 0);
          gate.release();
          assertThat(opened)
              .failsWithin(LIMIT)
              .withThrowableThat()
              .withCauseInstanceOf(InUse.class);
          truncation.get(10, TimeUnit.SECONDS);
          assertIdle(own);
          assertThat(own.stats().leakedRegions()).isZero();
        }
      }
    }
  }

  @Test
  void anUnclosedRegionIsALeakAndGivesItsLeaseBack() throws Exception {
    var unused = runtime.openSync(path, LEASED).byteSize();
    assertThat(unused).isEqualTo(SIZE);
    until(
        "the leak is found",
        () -> {
          System.gc();
          return runtime.stats().leakedRegions() == 1;
        });
    truncateElsewhere(0).get(10, TimeUnit.SECONDS);
  }

  @Test
  void watchesManyLeasesWithOneThread() throws Exception {
    var regions = new ArrayList<MmapRegion>();
    var paths = new ArrayList<Path>();
    for (int i = 0; i < 300; i++) {
      paths.add(TestFiles.in(folder).write("file-" + i, new byte[] {1, 2, 3}));
      regions.add(runtime.openSync(paths.get(i), LEASED));
    }
    assertThat(watchers()).isEqualTo(1);
    for (int i = 0; i < 300; i += 30) {
      Path broken = paths.get(i);
      elsewhere(() -> TestFiles.resize(broken, 0)).get(10, TimeUnit.SECONDS);
      assertThat(regions.get(i).isClosed()).isTrue();
      assertThat(regions.get(i + 1).isClosed()).isFalse();
    }
    regions.forEach(MmapRegion::close);
  }

  /// Closing one region must not touch the lease of another that got its descriptor's number.
  @Test
  void closesRaceWithBreaksWithoutTouchingOthers() throws Exception {
    Path other = TestFiles.in(folder).write("other", new byte[SIZE]);
    for (int i = 0; i < 200; i++) {
      var region = runtime.openSync(path, LEASED);
      var truncation = truncateElsewhere(SIZE);
      region.close();
      try (var bystander = runtime.openSync(other, LEASED)) {
        truncation.get(10, TimeUnit.SECONDS);
        assertThat(bystander.toByteArray()).hasSize(SIZE);
      }
    }
  }

  private CompletableFuture<Void> truncateElsewhere(long size) {
    return elsewhere(() -> TestFiles.resize(path, size));
  }

  private interface Body {
    void run() throws Exception;
  }

  private static CompletableFuture<Void> elsewhere(Body body) {
    var result = new CompletableFuture<Void>();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                body.run();
                result.complete(null);
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  private static long watchers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("filewright-lease"))
        .count();
  }

  private static void assertIdle(FileRuntime runtime) throws InterruptedException {
    until(
        "nothing is held",
        () -> {
          var stats = runtime.stats();
          return stats.activeRegions() == 0
              && stats.openDescriptors() == 0
              && stats.mappedBytes() == 0;
        });
    assertThat(runtime.stats().failedCloses()).isZero();
  }

  private static void until(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("has not happened within " + LIMIT + ": " + what);
      }
      Thread.sleep(1);
    }
  }
}
