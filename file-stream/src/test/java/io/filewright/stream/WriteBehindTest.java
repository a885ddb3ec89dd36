package io.filewright.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.AtomicFile;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.DeviceFailed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.memory.MemoryBudget;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Syncs behind a writer, and what it does when they fail.
@Timeout(60)
class WriteBehindTest {

  private static final int BUFFER = 1000;
  private static final int PATIENCE_SECONDS = 30;

  @TempDir Path folder;
  private Path target = Path.of("");
  private final MemoryBudget budget = MemoryBudget.ofBytes(1 << 20);
  private final BufferPool pool = BufferPool.of(budget, BUFFER);
  private final Semaphore syncs = new Semaphore(0);
  private final CountDownLatch goOn = new CountDownLatch(1);

  static Stream<Throwable> failures() {
    return Stream.of(
        new DeviceFailed(FailureDetails.of(Path.of("target"), "sync", "EIO", "Check the disk")),
        new IllegalStateException("a mistake"),
        new StackOverflowError("an error"));
  }

  @BeforeEach
  void writeTarget() throws Exception {
    target = Files.writeString(folder.resolve("target"), "old");
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    pool.close();
    assertThat(budget.usedBytes()).isZero();
    assertThat(temporaries()).isZero();
  }

  @Test
  void oneSyncAtATime() throws Exception {
    var behind = new WriteBehind(this::slowSync, _ -> {});
    behind.reached(ChunkSink.WRITE_BEHIND_BYTES - 1);
    assertThat(syncs.tryAcquire(50, TimeUnit.MILLISECONDS)).as("before it is due").isFalse();
    behind.reached(ChunkSink.WRITE_BEHIND_BYTES);
    awaitSync();
    behind.reached(3 * ChunkSink.WRITE_BEHIND_BYTES);
    assertThat(syncs.tryAcquire(50, TimeUnit.MILLISECONDS)).as("one is under way").isFalse();
    goOn.countDown();
    while (!syncs.tryAcquire(10, TimeUnit.MILLISECONDS)) {
      behind.reached(3 * ChunkSink.WRITE_BEHIND_BYTES);
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailedSyncRollsBackAtOnceAndStays(Throwable failure) throws Exception {
    try (ChunkWriter writer = writer(() -> sneak(failure))) {
      writeBehindBytes(writer);
      awaitRollBack();
      assertThatThrownBy(() -> writer.write(MemorySegment.NULL)).isSameAs(failure);
      assertThatThrownBy(writer::commit).isSameAs(failure);
    }
    assertThat(target).hasContent("old");
  }

  @Test
  void aSyncThatComesAfterTheCommitChangesNothing() throws Exception {
    ChunkWriter writer = writer(this::slowSync);
    try (writer) {
      writeBehindBytes(writer);
      awaitSync();
      writer.commit();
    }
    goOn.countDown();
    while (Thread.getAllStackTraces().keySet().stream().anyMatch(WriteBehindTest::isSyncing)) {
      Thread.sleep(1);
    }
    assertThatExceptionOfType(AlreadyClosed.class)
        .isThrownBy(writer::commit)
        .withMessage("ChunkWriter [%s] is already closed.", target);
    assertThat(target).hasSize(ChunkSink.WRITE_BEHIND_BYTES);
  }

  private static boolean isSyncing(Thread thread) {
    return thread.getName().equals("filewright-write-behind");
  }

  private void slowSync() {
    syncs.release();
    try {
      goOn.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    throw new AlreadyClosed("the file");
  }

  private void awaitSync() throws InterruptedException {
    assertThat(syncs.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  /// Without a call of the writer.
  private void awaitRollBack() throws Exception {
    while (pool.stats().buffers() != pool.stats().idle() || temporaries() > 0) {
      Thread.sleep(1);
    }
  }

  @SuppressWarnings("MustBeClosed") // with the writer
  private ChunkWriter writer(WriteBehind.Sync sync) throws Exception {
    return new ChunkWriter(AtomicFile.replacing(target), pool.acquire(), sync);
  }

  private static void writeBehindBytes(ChunkWriter writer) throws FileException {
    try (Arena arena = Arena.ofShared()) {
      writer.write(arena.allocate(ChunkSink.WRITE_BEHIND_BYTES));
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // whatever it is
  private static <T extends Throwable> void sneak(Throwable failure) throws T {
    throw (T) failure;
  }

  private long temporaries() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".filewright")).count();
    }
  }
}
