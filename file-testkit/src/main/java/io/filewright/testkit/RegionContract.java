package io.filewright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.OutOfBounds;
import io.filewright.error.TooLarge;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// The guarded ways to a region's bytes.
abstract class RegionContract extends ContractFixture {

  private static final int BLOCK = 256 << 10;

  @ParameterizedTest
  @CsvFileSource(resources = "/io/filewright/spec/read-cases.csv", useHeadersInDisplayName = true)
  void readsAsTheTableSays(long from, long to, long offset, int target, int count)
      throws Exception {
    Path100k file = new Path100k(from, to);
    byte[] expected = Arrays.copyOf(file.expected(offset, count), target);
    for (Prefault prefault : new Prefault[] {Prefault.NONE, Prefault.AUTO}) {
      try (var region = file.open(prefault);
          Arena arena = Arena.ofShared()) {
        var heap = new byte[target];
        assertThat(region.read(offset, MemorySegment.ofArray(heap))).isEqualTo(count);
        assertThat(heap).isEqualTo(expected);
        MemorySegment memory = arena.allocate(target);
        assertThat(region.read(offset, memory)).isEqualTo(count);
        assertThat(memory.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected);
        memory.fill((byte) 0);
        assertThat(Patience.get(region.readAsync(offset, memory))).isEqualTo(count);
        assertThat(memory.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/io/filewright/spec/slice-cases.csv", useHeadersInDisplayName = true)
  void slicesAsTheTableSays(int size, long from, long to, String outcome) throws Exception {
    byte[] content = TestFiles.pattern(size);
    try (var region = size == 0 ? copied(content) : mapped(content)) {
      if (outcome.equals("ok")) {
        try (var slice = region.slice(from, to)) {
          assertThat(slice.byteSize()).isEqualTo(to - from);
          assertThat(slice.fileOffset()).isEqualTo(from);
          assertThat(slice.toByteArray())
              .isEqualTo(Arrays.copyOfRange(content, (int) from, (int) to));
        }
        assertThat(region.asString(from, from)).isEmpty();
      } else {
        String message =
            "Range [%d, %d) is not inside a region of %d bytes.".formatted(from, to, size);
        assertThatThrownBy(() -> region.slice(from, to))
            .isInstanceOf(OutOfBounds.class)
            .hasMessage(message);
        assertThatThrownBy(() -> region.asString(from, to)).hasMessage(message);
        assertThatThrownBy(() -> region.isResident(from, to)).hasMessage(message);
        assertThatThrownBy(() -> region.prefetch(from, to)).hasMessage(message);
      }
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/io/filewright/spec/range-cases.csv", useHeadersInDisplayName = true)
  void checksSizesAsTheTableSays(long offset, long size, long byteSize, String outcome) {
    ThrowingCallable check = () -> OutOfBounds.checkSize(offset, size, byteSize);
    if (outcome.equals("ok")) {
      assertThatCode(check).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(check)
          .isInstanceOf(OutOfBounds.class)
          .hasMessage(
              "%d bytes at offset %d are not inside a region of %d bytes."
                  .formatted(size, offset, byteSize));
    }
  }

  @Test
  void refusesOffsetsOutsideTheRegion() throws Exception {
    try (var region = mapped(TestFiles.pattern(10))) {
      var target = new byte[1];
      for (long offset : new long[] {-1, 11, Long.MIN_VALUE, Long.MAX_VALUE}) {
        assertThatThrownBy(() -> region.read(offset, MemorySegment.ofArray(target)))
            .isInstanceOf(OutOfBounds.class)
            .hasMessage("Offset " + offset + " is not inside a region of 10 bytes.");
        assertThatThrownBy(() -> region.readAsync(offset, MemorySegment.ofArray(target)))
            .isInstanceOf(OutOfBounds.class);
        assertThatThrownBy(() -> region.indexOf(target, offset)).isInstanceOf(OutOfBounds.class);
      }
    }
  }

  @Test
  void readsIntoABufferFromItsPositionOn() throws Exception {
    try (var region = mapped(TestFiles.pattern(100))) {
      ByteBuffer buffer = ByteBuffer.allocate(50).position(10).limit(30);
      assertThat(region.read(5, buffer)).isEqualTo(20);
      assertThat(buffer.position()).isEqualTo(30);
      assertThat(Arrays.copyOfRange(buffer.array(), 10, 30))
          .isEqualTo(Arrays.copyOfRange(TestFiles.pattern(100), 5, 25));
      assertThat(region.read(95, ByteBuffer.allocateDirect(50))).isEqualTo(5);
    }
  }

  @Test
  void aReadThatCannotBeLeavesNoReferenceBehind() throws Exception {
    MemorySegment readOnly = MemorySegment.ofArray(new byte[4]).asReadOnly();
    for (var region : new MmapRegion[] {mapped(new byte[100]), copied(new byte[100])}) {
      assertThatThrownBy(() -> region.read(0, readOnly)).isInstanceOf(RuntimeException.class);
      try {
        assertThat(Patience.failure(region.readAsync(0, readOnly)))
            .isInstanceOf(RuntimeException.class);
      } catch (RuntimeException _) {
        // Refused at once: just as good.
      }
      region.close();
    }
    Patience.untilEmpty(runtime);
  }

  @Test
  void findsBytesAcrossBlocks() throws Exception {
    var content = new byte[3 * BLOCK + 10];
    byte[] needle = {1, 2, 1, 2, 3};
    long[] places = {0, 1, BLOCK - 5, BLOCK - 4, BLOCK - 1, BLOCK, 2L * BLOCK - 2, 3L * BLOCK + 5};
    for (long place : places) {
      Arrays.fill(content, (byte) 0);
      System.arraycopy(needle, 0, content, (int) place, needle.length);
      try (var region = mapped(content)) {
        assertThat(region.indexOf(needle, 0)).isEqualTo(place);
        assertThat(region.indexOf(needle, place)).isEqualTo(place);
        assertThat(region.indexOf(needle, place + 1)).isEqualTo(-1);
      }
    }
  }

  @Test
  void findsNothingAndEverything() throws Exception {
    try (var region = mapped("ababac".getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
      assertThat(region.indexOf(new byte[] {'a', 'b', 'a', 'c'}, 0)).isEqualTo(2);
      assertThat(region.indexOf(new byte[] {'x'}, 0)).isEqualTo(-1);
      assertThat(region.indexOf(new byte[7], 0)).isEqualTo(-1);
      assertThat(region.indexOf(new byte[0], 3)).isEqualTo(3);
      assertThat(region.indexOf(new byte[] {'a'}, 6)).isEqualTo(-1);
      try (var slice = region.slice(2, 6)) {
        assertThat(slice.indexOf(new byte[] {'a', 'c'}, 1)).isEqualTo(2);
      }
    }
  }

  @Test
  void mismatchNamesTheFirstDifference() throws Exception {
    byte[] content = TestFiles.pattern(2 * BLOCK + 100);
    byte[] changed = content.clone();
    changed[BLOCK + 7]++;
    try (var a = region(files.write("a", content), MAPPED);
        var b = region(files.write("b", content), MAPPED);
        var c = region(files.write("c", changed), MAPPED);
        var head = a.slice(0, BLOCK);
        var second = b.slice(1, 2);
        var empty = a.slice(5, 5)) {
      assertThat(a.mismatch(b)).isEqualTo(-1);
      assertThat(a.mismatch(a)).isEqualTo(-1);
      assertThat(a.mismatch(c)).isEqualTo(BLOCK + 7);
      assertThat(a.mismatch(head)).isEqualTo(BLOCK);
      assertThat(head.mismatch(c)).isEqualTo(BLOCK);
      assertThat(head.mismatch(second)).isEqualTo(0);
      assertThat(empty.mismatch(a)).isEqualTo(0);
      assertThat(empty.mismatch(empty)).isEqualTo(-1);
    }
  }

  @Test
  void digestsAndChecksumsSeeAllBytesOnce() throws Exception {
    byte[] content = TestFiles.pattern(2 * BLOCK + 100);
    var crc = new CRC32C();
    crc.update(content, 100, content.length - 100);
    var sha = MessageDigest.getInstance("SHA-256");
    sha.update(content, 100, content.length - 100);
    try (var region = mapped(content);
        var slice = region.slice(100, content.length);
        var empty = region.slice(0, 0)) {
      assertThat(slice.checksum(new CRC32C())).isEqualTo(crc.getValue());
      assertThat(slice.digest(MessageDigest.getInstance("SHA-256"))).isEqualTo(sha.digest());
      assertThat(empty.checksum(new CRC32C())).isZero();
    }
  }

  @Test
  void blocksCoverTheRegionInOrder() throws Exception {
    byte[] content = TestFiles.pattern(2 * BLOCK + 100);
    for (var region : new MmapRegion[] {mapped(content), copied(TestFiles.pattern(1000))}) {
      try (region;
          var slice = region.slice(10, region.byteSize())) {
        var seen = new java.io.ByteArrayOutputStream();
        slice.forEachBlock(
            (block, offset) -> {
              assertThat(offset).isEqualTo(seen.size());
              assertThat(block.byteSize()).isBetween(1L, (long) BLOCK);
              assertThat(block.isReadOnly()).isTrue();
              seen.writeBytes(block.toArray(ValueLayout.JAVA_BYTE));
              return true;
            });
        assertThat(seen.toByteArray())
            .isEqualTo(Arrays.copyOfRange(content, 10, (int) region.byteSize()));
        var blocks = new java.util.concurrent.atomic.AtomicInteger();
        slice.forEachBlock((_, _) -> blocks.incrementAndGet() < 1);
        assertThat(blocks).hasValue(1);
      }
    }
  }

  @Test
  void chunksCoverTheRegion() throws Exception {
    byte[] content = TestFiles.pattern(1000);
    try (var region = mapped(content)) {
      int at = 0;
      for (MmapRegion chunk : region.chunks(300)) {
        try (chunk) {
          int to = Math.min(at + 300, 1000);
          assertThat(chunk.toByteArray()).isEqualTo(Arrays.copyOfRange(content, at, to));
          at = to;
        }
      }
      assertThat(at).isEqualTo(1000);
      var all = region.chunks(Long.MAX_VALUE).iterator();
      all.next().close();
      assertThat(all.hasNext()).isFalse();
      assertThatThrownBy(all::next).isInstanceOf(java.util.NoSuchElementException.class);
      assertThatThrownBy(() -> region.chunks(0)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void readsBeyondTwoGigabytes() throws Exception {
    long size = (3L << 30) + 5;
    byte[] marker = {'e', 'n', 'd'};
    var path = files.sparse("large", size);
    try (var file = new java.io.RandomAccessFile(path.toFile(), "rw")) {
      file.seek(size - 3);
      file.write(marker);
      file.seek(1L << 31);
      file.write(marker);
    }
    try (var region = region(path, OpenOptions.readOnly());
        var tail = region.slice((1L << 31) - 1, size)) {
      assertThat(region.byteSize()).isEqualTo(size);
      assertThat(region.asString(size - 3, size)).isEqualTo("end");
      assertThat(tail.asString(1, 4)).isEqualTo("end");
      assertThat(region.indexOf(marker, (1L << 31) - 10)).isEqualTo(1L << 31);
      assertThat(region.indexOf(marker, size - (1 << 20))).isEqualTo(size - 3);
      byte last = region.apply(memory -> memory.get(ValueLayout.JAVA_BYTE, size - 1));
      assertThat(last).isEqualTo((byte) 'd');
      assertThatThrownBy(region::toByteArray)
          .isInstanceOf(TooLarge.class)
          .hasMessage(
              "[%s] toByteArray(offset=0, size=%d): an array or string holds less than 2 GiB. Use slices, chunks, lines or apply."
                  .formatted(path, size));
    }
  }

  @Test
  void mapsASparseFileOfEightTebibytes() throws Exception {
    var path = files.sparse("huge", 8L << 40);
    long start = System.nanoTime();
    try (var region = region(path, OpenOptions.readOnly().withPrefault(Prefault.HEAD))) {
      assertThat(region.byteSize()).isEqualTo(8L << 40);
      assertThat(region.read((8L << 40) - 1, MemorySegment.ofArray(new byte[2]))).isEqualTo(1);
      assertThat(region.<Byte>apply(memory -> memory.get(ValueLayout.JAVA_BYTE, 7L << 40)))
          .isZero();
    }
    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
  }

  @Test
  void describesItself() throws Exception {
    var path = files.patterned(100);
    var region = region(path, MAPPED.withRange(10, 50));
    assertThat(region).hasToString("Region [" + path + "] of 40 bytes at 10, MAPPED");
    assertThat(region.fileOffset()).isEqualTo(10);
    assertThat(region.isEmpty()).isFalse();
    region.close();
    assertThat(region).hasToString("Region [" + path + "] of 40 bytes at 10, MAPPED, closed");
  }

  /// A range of a file of 100,000 bytes.
  private final class Path100k {
    private final long from;
    private final long to;

    Path100k(long from, long to) {
      this.from = from;
      this.to = to;
    }

    MmapRegion open(Prefault prefault) throws Exception {
      return region(
          files.patterned(100_000),
          OpenOptions.readOnly().withRange(from, to).withPrefault(prefault));
    }

    byte[] expected(long offset, int count) {
      int start = (int) (from + offset);
      return Arrays.copyOfRange(TestFiles.pattern(100_000), start, start + count);
    }
  }
}
