package io.filewright.testkit;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.DeviceFailed;
import io.filewright.error.FileException;
import io.filewright.error.Truncated;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Files that others change while they are open.
abstract class ChangingFileContract extends ContractFixture {

  private static final int SIZE = 100_000;

  @Test
  void aDeletedFileStaysReadable() throws Exception {
    Path path = files.patterned(SIZE);
    try (var region = region(path, MAPPED)) {
      Files.delete(path);
      assertThat(region.toByteArray()).isEqualTo(TestFiles.pattern(SIZE));
      assertThat(region.<Byte>apply(memory -> memory.get(JAVA_BYTE, SIZE - 1)))
          .isEqualTo(TestFiles.patternAt(SIZE - 1));
    }
  }

  @Test
  void aReplacedFileShowsWhatWasOpened() throws Exception {
    Path path = files.patterned(SIZE);
    try (var region = region(path, MAPPED)) {
      Path other = files.write("other", new byte[10]);
      Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
      assertThat(region.toByteArray()).isEqualTo(TestFiles.pattern(SIZE));
    }
  }

  @Test
  void aGrowingFileKeepsItsSize() throws Exception {
    Path path = files.patterned(SIZE);
    try (var region = region(path, MAPPED)) {
      Files.write(path, new byte[SIZE], StandardOpenOption.APPEND);
      assertThat(region.byteSize()).isEqualTo(SIZE);
      assertThat(region.toByteArray()).isEqualTo(TestFiles.pattern(SIZE));
    }
    try (var grown = region(path, MAPPED)) {
      assertThat(grown.byteSize()).isEqualTo(2L * SIZE);
    }
  }

  @Test
  void changedContentIsSeen() throws Exception {
    Path path = files.patterned(SIZE);
    try (var region = region(path, MAPPED)) {
      byte[] changed = TestFiles.pattern(SIZE);
      Arrays.fill(changed, 0, 100, (byte) 7);
      Files.write(path, changed, StandardOpenOption.WRITE);
      assertThat(region.toByteArray()).isEqualTo(changed);
    }
  }

  @Test
  void everyReadOfATruncatedFileIsTyped() throws Exception {
    for (long left : new long[] {0, 1, 4096, SIZE - 1}) {
      Path path = files.patterned(SIZE);
      try (var region = region(path, OpenOptions.readOnly().withPrefault(Prefault.NONE))) {
        long faults = runtime.stats().faults();
        TestFiles.resize(path, left);
        assertAllTruncated(region, path, left);
        assertThat(runtime.stats().faults()).isGreaterThan(faults);
        readsWhatIsLeft(region, (int) left);
        TestFiles.resize(path, SIZE);
        assertThat(region.toByteArray()).hasSize(SIZE);
      }
    }
  }

  private static void assertAllTruncated(MmapRegion region, Path path, long left) {
    assertThatThrownBy(() -> region.read(0, MemorySegment.ofArray(new byte[SIZE])))
        .isInstanceOf(Truncated.class)
        .hasMessage(
            ("[%s] read(offset=0, size=100000): the file has become shorter, it now ends at byte"
                    + " %d. Something else truncates the file while it is read: open it again, or"
                    + " read a snapshot of it.")
                .formatted(path, left));
    assertTruncated(region::toByteArray);
    assertTruncated(() -> region.asString(SIZE - 2, SIZE));
    assertTruncated(() -> region.checksum(new CRC32C()));
    assertTruncated(() -> region.digest(MessageDigest.getInstance("SHA-256")));
    assertTruncated(
        () ->
            region.indexOf(
                "nowhere to be found".getBytes(java.nio.charset.StandardCharsets.UTF_8), 0));
    assertTruncated(() -> region.mismatch(region));
    assertTruncated(() -> region.forEachBlock((_, _) -> true));
    assertTruncated(
        () -> {
          try (var tail = region.slice(SIZE - 1, SIZE);
              var lines = tail.lines()) {
            lines.toList();
          } catch (UncheckedIOException e) {
            throw e.getCause();
          }
        });
    assertTruncated(() -> region.apply(memory -> memory.get(JAVA_BYTE, SIZE - 1)));
    assertTruncated(() -> region.apply(ChangingFileContract::sum));
    assertTruncated(
        () -> {
          try (var access = region.access()) {
            access.verify();
          }
        });
    assertTruncated(
        () -> {
          try (Arena arena = Arena.ofShared()) {
            throw Patience.failure(region.readAsync(0, arena.allocate(SIZE)));
          }
        });
  }

  private static void assertTruncated(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(Truncated.class);
  }

  /// Compiled code notices a fault late: what it computed must not come out.
  private static long sum(MemorySegment memory) {
    long sum = 0;
    for (int i = 0; i < memory.byteSize(); i++) {
      sum += memory.get(JAVA_BYTE, i);
    }
    return sum;
  }

  /// Once the file is whole again, nothing tells its truncation from a device that failed.
  @Test
  void aFileThatIsRestoredBeforeTheCheckNamesBothCauses() throws Exception {
    Path path = files.patterned(SIZE);
    try (var region = region(path, OpenOptions.readOnly().withPrefault(Prefault.NONE))) {
      assertThatThrownBy(() -> region.apply(memory -> touchWhileTruncated(memory, path)))
          .isInstanceOf(DeviceFailed.class)
          .hasMessage(
              ("[%s] apply(offset=0, size=100000): the device could not deliver the page. Check the"
                      + " disk and the kernel log; or something truncated the file and restored it"
                      + " meanwhile.")
                  .formatted(path));
    }
  }

  private static byte touchWhileTruncated(MemorySegment memory, Path path) {
    TestFiles.resize(path, 0);
    try {
      byte seen = memory.get(JAVA_BYTE, SIZE - 1);
      assertThat(path).isEmptyFile(); // a native call: the fault arrives here at the latest
      return seen;
    } finally {
      TestFiles.resize(path, SIZE);
    }
  }

  /// A read that is under way while the file is cut off inside a page may be handed zeros by the
  /// kernel, so what was read counts only if the file is still long enough afterwards.
  @Test
  void whatWasReadIsWithheldIfTheFileIsShorterAfterwards() throws Exception {
    Path path = files.patterned(SIZE);
    for (boolean async : new boolean[] {false, true}) {
      var engine = faulty();
      try (var own = builder().engine(engine).build();
          var region = own.openSync(path, OpenOptions.readOnly().withPrefault(Prefault.NONE));
          Arena arena = Arena.ofShared()) {
        Gate gate = engine.block(SpiCall.SIZE);
        MemorySegment target = arena.allocate(SIZE);
        CompletableFuture<Long> read =
            elsewhere(() -> async ? region.readAsync(0, target).join() : region.read(0, target));
        gate.awaitReached(Patience.LIMIT);
        TestFiles.resize(path, SIZE - 1);
        gate.release();
        assertThat(Patience.failure(read)).isInstanceOf(Truncated.class);
      } finally {
        TestFiles.resize(path, SIZE);
      }
    }
  }

  private static CompletableFuture<Long> elsewhere(Callable<Long> read) {
    var result = new CompletableFuture<Long>();
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                result.complete(read.call());
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  private static void readsWhatIsLeft(MmapRegion region, int left) throws FileException {
    var target = new byte[left];
    assertThat(region.read(0, MemorySegment.ofArray(target))).isEqualTo(left);
    assertThat(target).isEqualTo(TestFiles.pattern(left));
  }

  @Test
  void prefetchOfATruncatedFileIsTyped() throws Exception {
    Path path = files.patterned(SIZE);
    try (var region = region(path, OpenOptions.readOnly().withPrefault(Prefault.NONE))) {
      TestFiles.resize(path, 0);
      assertThat(Patience.failure(region.prefetch(0, SIZE))).isInstanceOf(Truncated.class);
    }
  }

  @Test
  void aCopyDoesNotMindTruncation() throws Exception {
    Path path = files.patterned(1000);
    try (var region = region(path, OpenOptions.readOnly())) {
      TestFiles.resize(path, 0);
      assertThat(region.toByteArray()).isEqualTo(TestFiles.pattern(1000));
      assertThat(region.<Byte>apply(memory -> memory.get(JAVA_BYTE, 999)))
          .isEqualTo(TestFiles.patternAt(999));
    }
  }
}
