package io.filewright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.AsyncFiles;
import io.filewright.FileRuntime;
import io.filewright.Guard;
import io.filewright.MmapAdvice;
import io.filewright.MmapRegion;
import io.filewright.MutableRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.WritableRegion;
import io.filewright.error.FileException;
import io.filewright.memory.MemoryBudget;
import io.filewright.spi.FileLocking;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Fails the first, the second, ... call below every public operation, once and for ever, until a
/// run has no such call any more: each time the answer is right or typed, every handle ends, and
/// nothing is left open.
class FailTheNthCallTest {

  private static final Path FILE = Path.of("/strict/file");
  private static final Path SMALL = Path.of("/strict/small");
  private static final byte[] CONTENT = TestFiles.pattern(100_000);
  private static final OpenOptions<MmapRegion> MAPPED =
      OpenOptions.readOnly().withPrefault(Prefault.ALL);

  /// Kept, as the logging framework holds loggers weakly.
  private static final Logger LOG = Logger.getLogger("io.filewright");

  /// Closes that fail are logged with their stacks, and many do here.
  @BeforeAll
  static void beQuiet() {
    LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void beLoud() {
    LOG.setLevel(null);
  }

  /// A public operation, which ends with a right result or with a [FileException].
  @FunctionalInterface
  private interface Operation {
    void run(FileRuntime runtime) throws Exception;
  }

  @FunctionalInterface
  private interface RegionOperation {
    void run(MmapRegion region) throws Exception;
  }

  @TestFactory
  Stream<DynamicTest> everyOperationSurvivesEveryFault() {
    return operations().entrySet().stream()
        .flatMap(
            operation ->
                Stream.of("once", "for ever")
                    .flatMap(
                        extent ->
                            Map.of("device", Fault.DEVICE, "truncated", Fault.TRUNCATED)
                                .entrySet()
                                .stream()
                                .map(
                                    fault ->
                                        DynamicTest.dynamicTest(
                                            operation.getKey()
                                                + ", "
                                                + fault.getKey()
                                                + " "
                                                + extent,
                                            () ->
                                                failEach(
                                                    operation.getValue(),
                                                    extent.equals("once"),
                                                    fault.getValue())))));
  }

  /// Faults that no operation declares: no thread, no memory, an engine that has just been closed.
  @TestFactory
  Stream<DynamicTest> everyOperationSurvivesAnEngineInDistress() {
    return operations().entrySet().stream()
        .flatMap(
            operation ->
                Stream.of(
                        SpiCall.OPEN,
                        SpiCall.ALLOCATE,
                        SpiCall.BLOCKING,
                        SpiCall.SEGMENT,
                        SpiCall.READ_ASYNC,
                        SpiCall.POPULATE_ASYNC)
                    .map(
                        call ->
                            DynamicTest.dynamicTest(
                                operation.getKey() + ", " + call,
                                () -> distress(operation.getValue(), call))));
  }

  private static void failEach(Operation operation, boolean once, Fault fault) throws Exception {
    for (int nth = 1; nth < 100; nth++) {
      var strict = strict();
      var engine = FaultyEngine.over(strict);
      if (once) {
        engine.failAnyOnce(nth, fault);
      } else {
        engine.failAnyFrom(nth, fault);
      }
      boolean failed = run(operation, engine, strict, false);
      if (engine.countFailable() < nth) {
        assertThat(failed).as("the clean run").isFalse();
        return;
      }
    }
    throw new AssertionError("it never came to a clean run");
  }

  private static void distress(Operation operation, SpiCall call) throws Exception {
    for (Fault fault : List.of(Fault.OUT_OF_MEMORY, Fault.REJECTED)) {
      var strict = strict();
      var engine = FaultyEngine.over(strict);
      engine.failFrom(call, 1, fault);
      var _ = run(operation, engine, strict, true);
    }
  }

  private static StrictEngine strict() {
    return StrictEngine.create()
        .withFile(FILE, CONTENT)
        .withFile(SMALL, java.util.Arrays.copyOf(CONTENT, 100));
  }

  /// Runs it and checks that nothing is left.
  ///
  /// @return whether it failed
  private static boolean run(
      Operation operation, FaultyEngine engine, StrictEngine strict, boolean distress)
      throws Exception {
    var budget = MemoryBudget.ofBytes(1 << 20);
    boolean failed = false;
    try (var runtime = FileRuntime.builder().engine(engine).budget(budget).build()) {
      try {
        operation.run(runtime);
      } catch (FileException _) {
        failed = true;
      } catch (UncheckedIOException e) {
        assertThat(e.getCause()).isInstanceOf(FileException.class);
        failed = true;
      } catch (ExecutionException e) {
        assertThat(distress || e.getCause() instanceof FileException).as("typed: " + e).isTrue();
        failed = true;
      } catch (OutOfMemoryError | java.util.concurrent.RejectedExecutionException e) {
        assertThat(distress).as("typed: " + e).isTrue();
        failed = true;
      }
      Patience.until("nothing is held", () -> isIdle(runtime));
    }
    assertThat(budget.usedBytes()).isZero();
    strict.assertNothingOpen();
    return failed;
  }

  /// Unlike elsewhere, a close may have failed here.
  private static boolean isIdle(FileRuntime runtime) {
    var stats = runtime.stats();
    return stats.activeRegions() == 0
        && stats.openDescriptors() == 0
        && stats.mappedBytes() == 0
        && stats.copiedBytes() == 0;
  }

  private static Map<String, Operation> operations() {
    var operations = new TreeMap<String, Operation>();
    operations.putAll(opens());
    operations.putAll(opensOfOtherKinds());
    for (var entry : regionOperations().entrySet()) {
      operations.put(entry.getKey(), runtime -> on(runtime, FILE, MAPPED, entry.getValue()));
      operations.put(
          entry.getKey() + " of a copy",
          runtime -> on(runtime, SMALL, OpenOptions.readOnly(), entry.getValue()));
    }
    for (var entry : writingOperations().entrySet()) {
      operations.put(
          entry.getKey() + " to a file",
          runtime -> write(runtime, FILE, OpenOptions.readWrite(), entry.getValue()));
      operations.put(
          entry.getKey() + " to a private mapping",
          runtime ->
              write(
                  runtime,
                  FILE,
                  OpenOptions.copyOnWrite().withPrefault(Prefault.ALL),
                  entry.getValue()));
      operations.put(
          entry.getKey() + " to a private copy",
          runtime -> write(runtime, SMALL, OpenOptions.copyOnWrite(), entry.getValue()));
    }
    for (var entry : fileOperations().entrySet()) {
      operations.put(
          entry.getKey(),
          runtime -> write(runtime, FILE, OpenOptions.readWrite(), entry.getValue()));
    }
    return operations;
  }

  @FunctionalInterface
  private interface WritingOperation<R> {
    void run(R region) throws Exception;
  }

  private static <R extends MmapRegion> void write(
      FileRuntime runtime, Path path, OpenOptions<R> options, WritingOperation<? super R> operation)
      throws Exception {
    try (R region = runtime.openSync(path, options)) {
      operation.run(region);
    }
  }

  private static Map<String, WritingOperation<MutableRegion>> writingOperations() {
    var operations = new TreeMap<String, WritingOperation<MutableRegion>>();
    operations.put(
        "write",
        region -> {
          region.write(5, MemorySegment.ofArray(new byte[] {1, 2}));
          assertByte(region, 6, 2);
        });
    operations.put(
        "writeAsync",
        region -> {
          assertThat(get(region.writeAsync(5, MemorySegment.ofArray(new byte[] {1})))).isEqualTo(1);
          assertByte(region, 5, 1);
        });
    operations.put(
        "fill",
        region -> {
          region.fill(0, region.byteSize(), (byte) 3);
          assertByte(region, 99, 3);
        });
    operations.put(
        "copy",
        region -> {
          region.copy(region, 0, 50, 10);
          assertByte(region, 10, CONTENT[0]);
        });
    operations.put(
        "update",
        region -> {
          region.update(
              memory -> {
                memory.set(java.lang.foreign.ValueLayout.JAVA_BYTE, 7, (byte) 4);
                return true;
              });
          assertByte(region, 7, 4);
        });
    operations.put(
        "writableAccess",
        region -> {
          try (var access = region.writableAccess()) {
            access.segment().set(java.lang.foreign.ValueLayout.JAVA_BYTE, 7, (byte) 5);
            access.verify();
          }
          assertByte(region, 7, 5);
        });
    return operations;
  }

  private static void assertByte(MmapRegion region, long offset, int expected)
      throws FileException {
    var one = new byte[1];
    assertThat(region.read(offset, MemorySegment.ofArray(one))).isEqualTo(1);
    assertThat(one).containsExactly(expected);
  }

  private static Map<String, WritingOperation<WritableRegion>> fileOperations() {
    var operations = new TreeMap<String, WritingOperation<WritableRegion>>();
    operations.put("force", WritableRegion::force);
    operations.put("forceAsync", region -> get(region.forceAsync(0, region.byteSize())));
    for (long size : new long[] {0, 10, 200_000}) {
      operations.put("resize to " + size, region -> resize(region, size));
    }
    return operations;
  }

  /// Whatever fails, the region has the old size or the new one, and can be read.
  private static void resize(WritableRegion region, long size) throws FileException {
    try {
      region.resize(size);
      assertThat(region.byteSize()).isEqualTo(size);
    } catch (FileException e) {
      assertThat(region.byteSize()).isIn(CONTENT.length + 0L, size);
      throw e;
    }
    if (size > 0) {
      assertByte(region, 5, CONTENT[5]);
    }
  }

  private static void on(
      FileRuntime runtime, Path path, OpenOptions<MmapRegion> options, RegionOperation operation)
      throws Exception {
    try (var region = runtime.openSync(path, options)) {
      operation.run(region);
    }
  }

  private static Map<String, Operation> opens() {
    var locked = MAPPED.withLockInMemory().withAdvice(MmapAdvice.SEQUENTIAL);
    return Map.of(
        "openSync", runtime -> checked(runtime.openSync(FILE, MAPPED)),
        "openSync of a copy", runtime -> checked(runtime.openSync(SMALL, OpenOptions.readOnly())),
        "openSync, locked", runtime -> checked(runtime.openSync(FILE, locked)),
        "openSync, random",
            runtime -> checked(runtime.openSync(FILE, MAPPED.withAdvice(MmapAdvice.RANDOM))),
        "open", runtime -> awaited(runtime, FILE, MAPPED),
        "open of a copy", runtime -> awaited(runtime, SMALL, OpenOptions.readOnly()),
        "open, locked", runtime -> awaited(runtime, FILE, locked),
        "open, with a timeout",
            runtime -> awaited(runtime, FILE, MAPPED.withTimeout(Duration.ofMinutes(1))),
        "useAsync",
            runtime ->
                get(
                    runtime
                        .open(FILE, MAPPED)
                        .useAsync(region -> CompletableFuture.completedStage(region.byteSize()))),
        "awaitAll", FailTheNthCallTest::awaitAll);
  }

  private static Map<String, Operation> opensOfOtherKinds() {
    var create = OpenOptions.create(200_000);
    var locked = OpenOptions.readWrite().withFileLock(FileLocking.EXCLUSIVE);
    return Map.of(
        "openSync, longer", runtime -> sized(runtime.openSync(FILE, create), 200_000),
        "open, longer",
            runtime -> {
              try (var handle = runtime.open(FILE, create)) {
                sized(handle.await(Duration.ofSeconds(10)), 200_000);
              }
            },
        "openSync with a file lock", runtime -> sized(runtime.openSync(FILE, locked), 100_000),
        "open with a file lock",
            runtime -> {
              try (var handle = runtime.open(FILE, locked)) {
                sized(handle.await(Duration.ofSeconds(10)), 100_000);
              }
            },
        "openSync of a snapshot",
            runtime -> checked(runtime.openSync(FILE, MAPPED.withGuard(Guard.SNAPSHOT))),
        "open of a snapshot", runtime -> awaited(runtime, FILE, MAPPED.withGuard(Guard.SNAPSHOT)));
  }

  private static void sized(MmapRegion region, long size) throws FileException {
    try (region) {
      assertThat(region.byteSize()).isEqualTo(size);
      assertByte(region, 7, CONTENT[7]);
    }
  }

  /// The handle that did not fail may still be opening its file when the other one has failed.
  private static void awaitAll(FileRuntime runtime) throws Exception {
    var first = runtime.open(FILE, MAPPED);
    var second = runtime.open(SMALL, OpenOptions.readOnly());
    try {
      for (var region : AsyncFiles.awaitAll(List.of(first, second))) {
        checked(region);
      }
    } finally {
      get(first.closeAsync());
      get(second.closeAsync());
    }
  }

  private static Map<String, RegionOperation> regionOperations() {
    var operations = new TreeMap<String, RegionOperation>();
    operations.put(
        "read",
        region -> {
          var target = new byte[10];
          region.read(5, MemorySegment.ofArray(target));
          assertThat(target).isEqualTo(java.util.Arrays.copyOfRange(CONTENT, 5, 15));
        });
    operations.put(
        "readAsync",
        region -> {
          try (Arena arena = Arena.ofShared()) {
            assertThat(get(region.readAsync(5, arena.allocate(10)))).isEqualTo(10);
          }
        });
    operations.put(
        "toByteArray", region -> assertThat(region.toByteArray()).startsWith(CONTENT[0]));
    operations.put("indexOf", region -> region.indexOf(new byte[] {1, 2, 3, 4, 5, 6}, 0));
    operations.put("checksum", region -> region.checksum(new CRC32C()));
    operations.put("mismatch", region -> assertThat(region.mismatch(region)).isEqualTo(-1));
    operations.put("lines", FailTheNthCallTest::lines);
    operations.put(
        "apply",
        region ->
            assertThat(region.<Long>apply(MemorySegment::byteSize)).isEqualTo(region.byteSize()));
    operations.put("forEachBlock", region -> region.forEachBlock((_, _) -> true));
    operations.put("slice", FailTheNthCallTest::slice);
    operations.put("access", FailTheNthCallTest::access);
    operations.put("sharedSegment", region -> region.sharedSegment().close());
    operations.put("advise", region -> region.advise(MmapAdvice.SEQUENTIAL));
    operations.put("supports", region -> region.supports(MmapAdvice.SEQUENTIAL));
    operations.put("residency", region -> assertThat(region.residency().isComplete()).isTrue());
    operations.put("prefetch", region -> get(region.prefetch(0, region.byteSize())));
    return operations;
  }

  /// The pattern is no text: where nothing else fails, that does.
  private static void lines(MmapRegion region) throws FileException {
    try (var lines = region.lines()) {
      assertThat(lines.count()).isZero();
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof io.filewright.error.InvalidUtf8)) {
        throw e;
      }
    }
  }

  private static void slice(MmapRegion region) throws FileException {
    try (var slice = region.slice(3, 50)) {
      assertThat(slice.toByteArray()).isEqualTo(java.util.Arrays.copyOfRange(CONTENT, 3, 50));
    }
  }

  private static void access(MmapRegion region) throws FileException {
    try (var access = region.access()) {
      assertThat(access.segment().byteSize()).isEqualTo(region.byteSize());
      access.verify();
    }
  }

  private static void awaited(FileRuntime runtime, Path path, OpenOptions<MmapRegion> options)
      throws Exception {
    try (var handle = runtime.open(path, options)) {
      checked(handle.await(Duration.ofSeconds(10)));
    } catch (io.filewright.error.Timeout e) {
      throw new AssertionError("the handle never ended", e);
    }
  }

  /// Under an injected fault a right result is as good as a failure; a wrong one never.
  private static void checked(MmapRegion region) throws FileException {
    try (region) {
      assertThat(region.byteSize()).isIn(100L, 100_000L);
      assertThat(
              region.<Byte>apply(memory -> memory.get(java.lang.foreign.ValueLayout.JAVA_BYTE, 7)))
          .isEqualTo(CONTENT[7]);
    }
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }
}
