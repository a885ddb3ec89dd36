package io.filewright.testkit;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.DeviceFailed;
import io.filewright.error.OutOfBounds;
import io.filewright.error.Truncated;
import io.filewright.error.Unsupported;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Regions that are written to their file.
abstract class WritingContract extends WritableFixture {

  @Test
  void writesMemoryOfAnyKind() throws Exception {
    byte[] expected = TestFiles.pattern(SIZE);
    try (var region = existing();
        Arena arena = Arena.ofConfined()) {
      region.write(1, MemorySegment.ofArray(new byte[] {1, 2, 3}));
      region.write(10, arena.allocateFrom(JAVA_BYTE, (byte) 4, (byte) 5));
      var heap = ByteBuffer.wrap(new byte[] {0, 6, 7, 0}, 1, 2);
      region.write(20, heap);
      var direct = ByteBuffer.allocateDirect(2).put(0, (byte) 8).put(1, (byte) 9);
      region.write(SIZE - 2, direct.asReadOnlyBuffer());
      region.write(SIZE, MemorySegment.ofArray(new byte[0]));
      assertThat(heap.remaining()).isZero();
      place(expected, 1, 1, 2, 3);
      place(expected, 10, 4, 5);
      place(expected, 20, 6, 7);
      place(expected, SIZE - 2, 8, 9);
      assertEverywhere(region, expected);
    }
  }

  @Test
  void writesMoreThanABuffer() throws Exception {
    int size = (1 << 20) + 5;
    byte[] content = TestFiles.pattern(size);
    try (var region = runtime.openSync(folder.resolve("new"), OpenOptions.create(size + 1))) {
      region.write(1, MemorySegment.ofArray(content));
      try (var slice = region.slice(1, size + 1)) {
        assertThat(Arrays.equals(slice.toByteArray(), content)).isTrue();
      }
    }
  }

  @Test
  void writesWithoutBlocking() throws Exception {
    int size = (1 << 20) + 5;
    byte[] content = TestFiles.pattern(size);
    try (var region = runtime.openSync(folder.resolve("new"), OpenOptions.create(2L * size));
        Arena arena = Arena.ofShared()) {
      MemorySegment nativeSource = arena.allocate(size).copyFrom(MemorySegment.ofArray(content));
      assertThat(Patience.get(region.writeAsync(0, MemorySegment.ofArray(content))))
          .isEqualTo(size);
      assertThat(Patience.get(region.writeAsync(size, nativeSource))).isEqualTo(size);
      assertThat(Patience.get(region.writeAsync(0, arena.allocate(0)))).isZero();
      assertThat(Patience.get(region.writeAsync(0, MemorySegment.ofArray(new byte[0])))).isZero();
      byte[] all = region.toByteArray();
      assertThat(Arrays.copyOf(all, size)).isEqualTo(content);
      assertThat(Arrays.copyOfRange(all, size, 2 * size)).isEqualTo(content);
      assertThatThrownBy(() -> region.writeAsync(2L * size - 1, arena.allocate(2)))
          .isInstanceOf(OutOfBounds.class);
    }
  }

  @Test
  void refusesWhatDoesNotFit() throws Exception {
    try (var region = existing()) {
      MemorySegment two = MemorySegment.ofArray(new byte[2]);
      for (long offset : new long[] {SIZE - 1, SIZE, SIZE + 1, -1, Long.MAX_VALUE}) {
        assertOutOfBounds(() -> region.write(offset, two));
        assertOutOfBounds(() -> region.fill(offset, offset + 2, (byte) 1));
        assertOutOfBounds(() -> region.copy(region, 0, 2, offset));
        assertOutOfBounds(() -> region.copy(region, offset, offset + 2, 0));
        assertOutOfBounds(() -> region.force(offset, offset + 2));
      }
      assertOutOfBounds(() -> region.fill(2, 1, (byte) 1));
      assertOutOfBounds(() -> region.write(SIZE + 1, two.asSlice(0, 0)));
      assertEverywhere(region, TestFiles.pattern(SIZE));
      assertThat(region.path()).hasSize(SIZE);
    }
  }

  private static void assertOutOfBounds(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(OutOfBounds.class);
  }

  @Test
  void fills() throws Exception {
    int size = 600_000;
    try (var region = runtime.openSync(folder.resolve("new"), OpenOptions.create(size))) {
      region.fill(1, size - 1, (byte) 7);
      region.fill(5, 5, (byte) 9);
      var expected = new byte[size];
      Arrays.fill(expected, 1, size - 1, (byte) 7);
      assertEverywhere(region, expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 4096, 300_000, 599_999})
  void copiesInsideItselfWhateverOverlaps(long distance) throws Exception {
    int size = 1_200_000;
    long length = 600_000;
    for (boolean up : new boolean[] {true, false}) {
      byte[] expected = TestFiles.pattern(size);
      Path path = files.write("overlap", expected);
      long from = up ? 0 : distance;
      long to = up ? distance : 0;
      System.arraycopy(expected, (int) from, expected, (int) to, (int) length);
      try (var region = runtime.openSync(path, OpenOptions.readWrite())) {
        region.copy(region, from, from + length, to);
        assertEverywhere(region, expected);
      }
      files.write("overlap", TestFiles.pattern(size));
      try (var region = runtime.openSync(path, OpenOptions.readWrite());
          var slice = region.slice(from, from + length)) {
        region.copy(slice, 0, length, to);
        assertEverywhere(region, expected);
      }
    }
  }

  @Test
  void copiesFromOtherRegions() throws Exception {
    MmapRegion source = copied(TestFiles.pattern(1000));
    try (var region = runtime.openSync(folder.resolve("new"), OpenOptions.create(1000))) {
      region.copy(source, 10, 1000, 0);
      region.copy(source, 5, 5, 1000);
      assertThat(Arrays.copyOf(region.toByteArray(), 990))
          .isEqualTo(Arrays.copyOfRange(TestFiles.pattern(1000), 10, 1000));
      source.close();
      assertThatThrownBy(() -> region.copy(source, 0, 1, 0)).isInstanceOf(AlreadyClosed.class);
    }
  }

  @Test
  void updatesRawMemory() throws Exception {
    byte[] expected = TestFiles.pattern(SIZE);
    try (var region = existing()) {
      long written =
          region.update(
              memory -> {
                assertThat(memory.isReadOnly()).isFalse();
                memory.set(JAVA_BYTE, SIZE - 1, (byte) 1);
                return memory.byteSize();
              });
      assertThat(written).isEqualTo(SIZE);
      try (var access = region.writableAccess()) {
        access.segment().set(JAVA_BYTE, 0, (byte) 2);
        access.verify();
      }
      expected[SIZE - 1] = 1;
      expected[0] = 2;
      assertEverywhere(region, expected);
      assertThat(region.<Boolean>apply(MemorySegment::isReadOnly)).isTrue();
      try (var access = region.access();
          var slice = region.slice(0, 10);
          var shared = region.sharedSegment()) {
        assertThat(access.segment().isReadOnly()).isTrue();
        assertThat(shared.segment().isReadOnly()).isTrue();
        assertThat(slice.<Boolean>apply(MemorySegment::isReadOnly)).isTrue();
      }
    }
  }

  @Test
  void writesAreSeenByOtherRegionsAtOnceAndSurviveTheClose() throws Exception {
    Path path = files.patterned(SIZE);
    try (var region = runtime.openSync(path, OpenOptions.readWrite());
        var reader = region(path, MAPPED);
        var slice = region.slice(5, 6)) {
      region.write(5, MemorySegment.ofArray(new byte[] {1}));
      assertThat(reader.<Byte>apply(memory -> memory.get(JAVA_BYTE, 5))).isEqualTo((byte) 1);
      region.update(memory -> set(memory, 5, 2));
      assertThat(reader.<Byte>apply(memory -> memory.get(JAVA_BYTE, 5))).isEqualTo((byte) 2);
      assertThat(slice.toByteArray()).containsExactly(2);
      var one = new byte[1];
      reader.read(5, MemorySegment.ofArray(one));
      assertThat(one).containsExactly(2);
    }
    assertThat(Files.readAllBytes(path)[5]).isEqualTo((byte) 2);
  }

  @Test
  void forces() throws Exception {
    try (var region = existing()) {
      region.fill(0, SIZE, (byte) 1);
      region.force();
      region.force(4095, 4097);
      region.force(7, 7);
      Patience.get(region.forceAsync(1, SIZE));
      assertThatThrownBy(() -> region.forceAsync(1, SIZE + 1)).isInstanceOf(OutOfBounds.class);
    }
    try (var empty = runtime.openSync(folder.resolve("empty"), OpenOptions.create(0))) {
      empty.force();
      Patience.get(empty.forceAsync(0, 0));
    }
  }

  @Test
  void endsWithItsClose() throws Exception {
    var region = existing();
    var slice = region.slice(0, 10);
    region.close();
    assertThatThrownBy(() -> region.write(0, MemorySegment.ofArray(new byte[1])))
        .isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(() -> region.writeAsync(0, MemorySegment.ofArray(new byte[1])))
        .isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(region::force).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(() -> region.forceAsync(0, 1)).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(() -> region.resize(1)).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(() -> region.fill(0, 1, (byte) 1)).isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(() -> region.update(MemorySegment::byteSize))
        .isInstanceOf(AlreadyClosed.class);
    assertThatThrownBy(region::writableAccess).isInstanceOf(AlreadyClosed.class);
    assertThat(slice.toByteArray()).isEqualTo(TestFiles.pattern(10));
    slice.close();
  }

  @Test
  void writesToATruncatedFileAreTypedAndDoNotMakeItLonger() throws Exception {
    try (var region = existing()) {
      TestFiles.resize(region.path(), 4097);
      MemorySegment one = MemorySegment.ofArray(new byte[1]);
      assertTruncated(() -> region.write(SIZE - 1, one));
      assertTruncated(() -> region.fill(0, SIZE, (byte) 1));
      assertTruncated(() -> region.copy(region, 0, 1, SIZE - 1));
      assertTruncated(() -> region.update(memory -> set(memory, SIZE - 1, 1)));
      assertTruncated(() -> region.update(MemorySegment::byteSize));
      assertTruncated(region::writableAccess);
      assertThat(Patience.failure(region.writeAsync(SIZE - 1, one))).isInstanceOf(Truncated.class);
      assertThatThrownBy(() -> region.resize(10)).isInstanceOf(Unsupported.class);
      assertThat(region.path()).hasSize(4097);
      region.write(4096, one);
      assertThat(Files.readAllBytes(region.path())[4096]).isZero();
    }
  }

  private static void assertTruncated(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(Truncated.class);
  }

  /// The kernel reports a failure of writing back once, so it must stand.
  @Test
  void aFailedForceStandsForGood() throws Exception {
    for (boolean async : new boolean[] {false, true}) {
      var engine = faulty();
      Path path = files.patterned(SIZE);
      try (var own = builder().engine(engine).build();
          var region = own.openSync(path, OpenOptions.readWrite())) {
        engine.failOnce(SpiCall.FORCE, 1, Fault.DEVICE);
        Throwable first =
            async ? Patience.failure(region.forceAsync(0, SIZE)) : catchThrowable(region::force);
        assertThat(first).isInstanceOf(DeviceFailed.class);
        MemorySegment one = MemorySegment.ofArray(new byte[1]);
        assertThat(catchThrowable(region::force)).isSameAs(first);
        assertThat(Patience.failure(region.forceAsync(0, 1))).isSameAs(first);
        assertThat(catchThrowable(() -> region.write(0, one))).isSameAs(first);
        assertThat(Patience.failure(region.writeAsync(0, one))).isSameAs(first);
        assertThat(catchThrowable(() -> region.fill(0, 1, (byte) 1))).isSameAs(first);
        assertThat(catchThrowable(() -> region.copy(region, 0, 1, 1))).isSameAs(first);
        assertThat(catchThrowable(() -> region.update(MemorySegment::byteSize))).isSameAs(first);
        assertThat(catchThrowable(region::writableAccess)).isSameAs(first);
        for (long size : new long[] {0, 10, SIZE, 2L * SIZE}) {
          assertThat(catchThrowable(() -> region.resize(size))).isSameAs(first);
        }
        assertThat(region.toByteArray()).isEqualTo(TestFiles.pattern(SIZE));
        assertThat(path).hasSize(SIZE);
      }
    }
  }

  @Test
  void writesRangesThatAreNotAligned() throws Exception {
    long[][] ranges = {{0, 1}, {1, 4096}, {4095, 4097}, {4097, 90_001}, {SIZE - 1, SIZE}};
    byte[] expected = TestFiles.pattern(SIZE);
    Path path = files.patterned(SIZE);
    for (long[] range : ranges) {
      var options = OpenOptions.readWrite().withRange(range[0], range[1]);
      try (var region = runtime.openSync(path, options)) {
        int last = (int) region.byteSize() - 1;
        region.write(0, MemorySegment.ofArray(new byte[] {1}));
        region.update(memory -> set(memory, last, 2));
        region.force(last, last + 1);
        expected[(int) range[0]] = (byte) (last == 0 ? 2 : 1);
        expected[(int) range[1] - 1] = 2;
        assertThat(path).hasBinaryContent(expected);
      }
    }
  }

  @Test
  void writesBeyondTwoGigabytes() throws Exception {
    long base = 3L << 30;
    Path path = files.sparse("large", base + 8192);
    try (var region = runtime.openSync(path, OpenOptions.readWrite().withRange(base, base + 8192));
        var file = new RandomAccessFile(path.toFile(), "r")) {
      region.write(8190, MemorySegment.ofArray(new byte[] {1, 2}));
      region.update(memory -> set(memory, 0, 3));
      region.force();
      file.seek(base + 8190);
      assertThat(file.readByte()).isEqualTo((byte) 1);
      assertThat(file.readByte()).isEqualTo((byte) 2);
      file.seek(base);
      assertThat(file.readByte()).isEqualTo((byte) 3);
    }
  }

  @Test
  void movesLargeArraysWithoutBlocking() throws Exception {
    int size = 8 << 20;
    var content = new byte[size];
    Arrays.fill(content, (byte) 5);
    try (var region = runtime.openSync(folder.resolve("new"), OpenOptions.create(size))) {
      assertThat(Patience.get(region.writeAsync(0, MemorySegment.ofArray(content))))
          .isEqualTo(size);
      var read = new byte[size];
      CompletableFuture<Long> reading = region.readAsync(0, MemorySegment.ofArray(read));
      assertThat(Patience.get(reading)).isEqualTo(size);
      assertThat(Arrays.equals(content, read)).isTrue();
    }
  }

  private static void place(byte[] bytes, int offset, int... values) {
    for (int i = 0; i < values.length; i++) {
      bytes[offset + i] = (byte) values[i];
    }
  }
}
