package io.filewright.testkit;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.filewright.Backing;
import io.filewright.CopyOnWriteRegion;
import io.filewright.Guard;
import io.filewright.MmapAdvice;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.MemoryLimitExceeded;
import io.filewright.error.OutOfBounds;
import io.filewright.error.Truncated;
import io.filewright.memory.MemoryBudget;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Regions that are written and keep it to themselves.
abstract class CopyOnWriteContract extends ContractFixture {

  private static final int SIZE = 100_000;
  private static final OpenOptions<CopyOnWriteRegion> PRIVATE =
      OpenOptions.copyOnWrite().withPrefault(Prefault.ALL);

  @Test
  void theFileStaysAsItIs() throws Exception {
    Path path = files.patterned(SIZE);
    byte[] expected = TestFiles.pattern(SIZE);
    try (var region = runtime.openSync(path, PRIVATE);
        var reader = region(path, MAPPED)) {
      writeEverywhere(region, expected);
      assertEverywhere(region, expected);
      assertThat(reader.toByteArray()).isEqualTo(TestFiles.pattern(SIZE));
      assertThat(path).hasBinaryContent(TestFiles.pattern(SIZE));
    }
    assertThat(path).hasBinaryContent(TestFiles.pattern(SIZE));
  }

  /// Each way to write, done to the region and to an array.
  private static void writeEverywhere(CopyOnWriteRegion region, byte[] expected) throws Exception {
    try (Arena arena = Arena.ofShared()) {
      region.write(1, MemorySegment.ofArray(new byte[] {1, 2}));
      region.write(4095, arena.allocateFrom(JAVA_BYTE, (byte) 3, (byte) 4));
      region.write(10, ByteBuffer.wrap(new byte[] {5}));
      region.fill(20_000, 90_000, (byte) 6);
      region.copy(region, 0, 15_000, 5_000);
      assertThat(Patience.get(region.writeAsync(SIZE - 1, MemorySegment.ofArray(new byte[] {7}))))
          .isEqualTo(1);
      region.update(memory -> set(memory, SIZE - 2, 8));
      try (var access = region.writableAccess()) {
        access.segment().set(JAVA_BYTE, 0, (byte) 9);
        access.verify();
      }
    }
    expected[1] = 1;
    expected[2] = 2;
    expected[4095] = 3;
    expected[4096] = 4;
    expected[10] = 5;
    Arrays.fill(expected, 20_000, 90_000, (byte) 6);
    System.arraycopy(expected, 0, expected, 5_000, 15_000);
    expected[SIZE - 1] = 7;
    expected[SIZE - 2] = 8;
    expected[0] = 9;
  }

  /// By all the ways of reading.
  private static void assertEverywhere(CopyOnWriteRegion region, byte[] expected) throws Exception {
    var checksum = new CRC32C();
    checksum.update(expected);
    assertThat(region.toByteArray()).isEqualTo(expected);
    assertThat(region.<byte[]>apply(memory -> memory.toArray(JAVA_BYTE))).isEqualTo(expected);
    assertThat(region.checksum(new CRC32C())).isEqualTo(checksum.getValue());
    var read = new byte[SIZE];
    assertThat(Patience.get(region.readAsync(0, MemorySegment.ofArray(read)))).isEqualTo(SIZE);
    assertThat(read).isEqualTo(expected);
    try (var slice = region.slice(4095, 30_000)) {
      assertThat(slice.toByteArray()).isEqualTo(Arrays.copyOfRange(expected, 4095, 30_000));
      assertThat(region.mismatch(region)).isEqualTo(-1);
      assertThat(region.indexOf(Arrays.copyOfRange(expected, 50, 70), 0)).isEqualTo(50);
    }
  }

  @Test
  void aReadOnlyFileWillDo() throws Exception {
    Path path = files.patterned(SIZE);
    assumeTrue(path.toFile().setWritable(false, false), "the permission cannot be taken away");
    try (var region = runtime.openSync(path, PRIVATE)) {
      region.fill(0, SIZE, (byte) 1);
      assertThat(region.toByteArray()).containsOnly(1);
    }
    assertThat(path).hasBinaryContent(TestFiles.pattern(SIZE));
  }

  @Test
  void isMappedWhereTheEngineCan() throws Exception {
    try (var region = runtime.openSync(files.patterned(SIZE), PRIVATE)) {
      assertThat(region.backing())
          .isEqualTo(can(EngineTrait.PRIVATE_MAPPINGS) ? Backing.MAPPED : Backing.COPIED);
    }
    try (var small = runtime.openSync(files.patterned(100), OpenOptions.copyOnWrite())) {
      assertThat(small.backing()).isEqualTo(Backing.COPIED);
      assertThat(budget.usedBytes()).isEqualTo(100);
      small.fill(0, 100, (byte) 1);
      assertThat(small.dirtyBytes()).isEqualTo(runtime.pageSize());
      assertThat(budget.usedBytes()).isEqualTo(100);
      assertThat(small.path()).hasBinaryContent(TestFiles.pattern(100));
    }
    try (var empty = runtime.openSync(files.make("empty"), OpenOptions.copyOnWrite())) {
      empty.fill(0, 0, (byte) 1);
      assertThat(empty.dirtyBytes()).isZero();
    }
  }

  @Test
  void dirtyBytesAreThoseOfThePagesWritten() throws Exception {
    int page = runtime.pageSize();
    for (long from : new long[] {0, 1, page - 1L, page}) {
      var options = PRIVATE.withRange(from, from + 10L * page);
      try (var region = runtime.openSync(files.patterned(20 * page), options)) {
        long before = budget.usedBytes();
        long toNextPage = page - from % page;
        assertThat(region.dirtyBytes()).isZero();
        region.fill(0, 0, (byte) 1);
        assertThat(region.dirtyBytes()).isZero();
        region.fill(toNextPage, toNextPage + 1, (byte) 1);
        assertThat(region.dirtyBytes()).isEqualTo(page);
        region.fill(0, 1, (byte) 1);
        region.fill(0, toNextPage + 1, (byte) 1);
        assertThat(region.dirtyBytes()).isEqualTo(2L * page);
        region.fill(5L * page, 6L * page, (byte) 1);
        assertThat(region.dirtyBytes()).isEqualTo((from % page == 0 ? 3L : 4L) * page);
        region.update(memory -> set(memory, 0, 1));
        assertThat(region.dirtyBytes()).isEqualTo((from % page == 0 ? 10L : 11L) * page);
        if (region.backing() == Backing.MAPPED) {
          assertThat(budget.usedBytes() - before).isEqualTo(region.dirtyBytes());
        }
      }
      assertThat(budget.usedBytes()).isZero();
    }
  }

  @Test
  void writesThatDoNotFitInTheBudgetChangeNothing() throws Exception {
    assumeTrue(can(EngineTrait.PRIVATE_MAPPINGS), "a copy is charged when it is opened");
    int page = runtime.pageSize();
    int size = 300 * page;
    var small = MemoryBudget.ofBytes(100L * page);
    Path path = files.patterned(size);
    try (var own = builder().budget(small).build();
        var region = own.openSync(path, PRIVATE);
        var source = own.openSync(path, MAPPED)) {
      region.fill(0, 2L * page, (byte) 1);
      byte[] expected = TestFiles.pattern(size);
      Arrays.fill(expected, 0, 2 * page, (byte) 1);
      MemorySegment large = MemorySegment.ofArray(new byte[size]);
      assertDoesNotFit(() -> region.write(0, large));
      assertDoesNotFit(() -> region.fill(0, size, (byte) 2));
      assertDoesNotFit(() -> region.copy(source, 0, size, 0));
      assertDoesNotFit(() -> region.update(memory -> set(memory, 0, 2)));
      assertDoesNotFit(region::writableAccess);
      assertThat(Patience.failure(region.writeAsync(0, large)))
          .isInstanceOf(MemoryLimitExceeded.class);
      assertThat(Arrays.equals(region.toByteArray(), expected)).isTrue();
      assertThat(region.dirtyBytes()).isEqualTo(2L * page);
      assertThat(small.usedBytes()).isEqualTo(2L * page);
      region.fill(0, 100L * page, (byte) 3);
      assertThat(small.usedBytes()).isEqualTo(100L * page);
    }
    assertThat(small.usedBytes()).isZero();
  }

  private static void assertDoesNotFit(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(MemoryLimitExceeded.class);
  }

  @Test
  void copiesThatDoNotFitInTheBudgetAreNotOpened() throws Exception {
    assumeTrue(!can(EngineTrait.PRIVATE_MAPPINGS), "it is mapped");
    try (var own = builder().budget(MemoryBudget.ofBytes(SIZE - 1)).build()) {
      Path path = files.patterned(SIZE);
      assertDoesNotFit(() -> own.openSync(path, PRIVATE).close());
    }
  }

  @Test
  void slicesSeeWhatIsWrittenAndOutliveTheRegion() throws Exception {
    var region = runtime.openSync(files.patterned(SIZE), PRIVATE);
    var slice = region.slice(10, 20);
    region.fill(15, 100, (byte) 1);
    byte[] expected = Arrays.copyOfRange(TestFiles.pattern(SIZE), 10, 20);
    Arrays.fill(expected, 5, 10, (byte) 1);
    region.close();
    assertThat(slice.toByteArray()).isEqualTo(expected);
    assertThat(slice.<Boolean>apply(MemorySegment::isReadOnly)).isTrue();
    assertThatThrownBy(() -> region.fill(0, 1, (byte) 1)).isInstanceOf(AlreadyClosed.class);
    slice.close();
  }

  @Test
  void isTypedWhenTheFileIsTruncated() throws Exception {
    Path path = files.patterned(SIZE);
    try (var region = runtime.openSync(path, PRIVATE.withPrefault(Prefault.NONE))) {
      assumeTrue(region.backing() == Backing.MAPPED, "a copy does not mind");
      region.fill(SIZE - 10, SIZE, (byte) 1);
      region.fill(0, 10, (byte) 1);
      TestFiles.resize(path, 4097);
      MemorySegment one = MemorySegment.ofArray(new byte[1]);
      assertTruncated(region::toByteArray);
      assertTruncated(() -> region.checksum(new CRC32C()));
      assertTruncated(() -> region.write(SIZE - 1, one));
      assertTruncated(() -> region.fill(0, SIZE, (byte) 1));
      assertTruncated(() -> region.copy(region, 0, SIZE / 2, SIZE / 2));
      assertTruncated(() -> region.update(memory -> set(memory, SIZE - 1, 1)));
      assertTruncated(() -> region.apply(memory -> memory.get(JAVA_BYTE, SIZE - 1)));
      assertThat(Patience.failure(region.readAsync(0, MemorySegment.ofArray(new byte[SIZE]))))
          .isInstanceOf(Truncated.class);
      assertThat(Patience.failure(region.writeAsync(SIZE - 1, one))).isInstanceOf(Truncated.class);
      var head = new byte[10];
      region.read(0, MemorySegment.ofArray(head));
      assertThat(head).containsOnly(1);
      assertThat(path).hasSize(4097);
    }
  }

  private static void assertTruncated(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(Truncated.class);
  }

  /// The kernel would throw away what was written.
  @Test
  void noAdviceTakesWhatWasWritten() throws Exception {
    try (var region = runtime.openSync(files.patterned(SIZE), PRIVATE)) {
      region.fill(0, SIZE, (byte) 1);
      for (MmapAdvice advice : MmapAdvice.values()) {
        var _ = region.advise(advice);
        var _ = region.advise(advice, 1, SIZE - 1);
        assertThat(region.toByteArray()).as("after %s", advice).containsOnly(1);
      }
      assertThat(region.supports(MmapAdvice.DONT_NEED)).isFalse();
    }
    Path path = files.patterned(SIZE);
    try (var region = runtime.openSync(path, OpenOptions.readWrite())) {
      region.update(memory -> memory.fill((byte) 1).byteSize());
      for (MmapAdvice advice : MmapAdvice.values()) {
        var _ = region.advise(advice);
        assertThat(region.toByteArray()).as("after %s", advice).containsOnly(1);
      }
      region.force();
      assertThat(Files.readAllBytes(path)).containsOnly(1);
    }
  }

  @Test
  void refusesWhatDoesNotFit() throws Exception {
    try (var region = runtime.openSync(files.patterned(100), OpenOptions.copyOnWrite())) {
      MemorySegment two = MemorySegment.ofArray(new byte[2]);
      assertThatThrownBy(() -> region.write(99, two)).isInstanceOf(OutOfBounds.class);
      assertThatThrownBy(() -> region.writeAsync(99, two)).isInstanceOf(OutOfBounds.class);
      assertThatThrownBy(() -> region.fill(-1, 1, (byte) 1)).isInstanceOf(OutOfBounds.class);
      assertThat(region.toByteArray()).isEqualTo(TestFiles.pattern(100));
      assertThat(region.dirtyBytes()).isZero();
    }
  }

  /// Pages that were not written are the snapshot's too.
  @Test
  void ofASnapshotNothingChanges() throws Exception {
    Path path = files.patterned(SIZE);
    try (var region = runtime.openSync(path, PRIVATE.withGuard(Guard.SNAPSHOT))) {
      region.fill(0, 10, (byte) 1);
      TestFiles.resize(path, 0);
      byte[] expected = TestFiles.pattern(SIZE);
      Arrays.fill(expected, 0, 10, (byte) 1);
      assertThat(region.toByteArray()).isEqualTo(expected);
      assertThat(region.guard()).isEqualTo(Guard.SNAPSHOT);
    }
  }

  @Test
  void aSnapshotIsChargedWhereItIsACopy() throws Exception {
    Path path = files.patterned(SIZE);
    var options = MAPPED.withGuard(Guard.SNAPSHOT);
    try (MmapRegion region = runtime.openSync(path, options)) {
      assertThat(budget.usedBytes()).isEqualTo(region.backing() == Backing.COPIED ? SIZE : 0);
      TestFiles.resize(path, 1);
      assertThat(region.toByteArray()).isEqualTo(TestFiles.pattern(SIZE));
    }
    try (var own = builder().budget(MemoryBudget.ofBytes(SIZE - 1)).build();
        var snapshot = own.open(files.patterned(SIZE), options)) {
      assumeTrue(copiesSnapshots(), "the file system shares blocks");
      assertThatThrownBy(snapshot::await).isInstanceOf(MemoryLimitExceeded.class);
    }
  }

  private boolean copiesSnapshots() throws Exception {
    try (var region = region(files.patterned(70_000), MAPPED.withGuard(Guard.SNAPSHOT))) {
      return region.backing() == Backing.COPIED;
    }
  }

  private static long set(MemorySegment memory, long offset, int value) {
    memory.set(JAVA_BYTE, offset, (byte) value);
    return offset;
  }
}
