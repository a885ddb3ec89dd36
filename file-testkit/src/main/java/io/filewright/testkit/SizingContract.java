package io.filewright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.filewright.Backing;
import io.filewright.ByteRange;
import io.filewright.OpenOptions;
import io.filewright.WritableRegion;
import io.filewright.error.AlreadyExists;
import io.filewright.error.DeviceFailed;
import io.filewright.error.InUse;
import io.filewright.error.NoSpace;
import io.filewright.error.NotFound;
import io.filewright.error.TooLarge;
import io.filewright.error.Truncated;
import io.filewright.error.Unsupported;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Files that are made for a region, and regions that change their file's size.
abstract class SizingContract extends WritableFixture {

  @Test
  void createMakesAFileOfZerosOrKeepsWhatIsThere() throws Exception {
    Path path = folder.resolve("new");
    try (var region = runtime.openSync(path, OpenOptions.create(SIZE))) {
      assertThat(region.byteSize()).isEqualTo(SIZE);
      assertThat(region.backing()).isEqualTo(Backing.MAPPED);
      assertThat(Files.size(path)).isEqualTo(SIZE);
      assertThat(region.toByteArray()).isEqualTo(new byte[SIZE]);
      region.write(0, MemorySegment.ofArray(TestFiles.pattern(SIZE)));
    }
    try (var shorter = runtime.openSync(path, OpenOptions.create(10))) {
      assertThat(shorter.toByteArray()).isEqualTo(TestFiles.pattern(SIZE));
    }
    try (var longer = runtime.openSync(path, OpenOptions.create(2 * SIZE))) {
      assertThat(longer.toByteArray()).isEqualTo(Arrays.copyOf(TestFiles.pattern(SIZE), 2 * SIZE));
    }
  }

  @Test
  void createdFilesAreReadyAsynchronouslyToo() throws Exception {
    Path path = folder.resolve("new");
    try (var handle = runtime.open(path, OpenOptions.create(SIZE))) {
      WritableRegion region = handle.await();
      region.write(SIZE - 1, MemorySegment.ofArray(new byte[] {7}));
      assertThat(Files.readAllBytes(path)).hasSize(SIZE).endsWith(7);
    }
  }

  @Test
  void createNewRefusesWhatIsThere() throws Exception {
    Path path = folder.resolve("new");
    runtime.openSync(path, OpenOptions.createNew(10)).close();
    assertThat(path).hasSize(10);
    assertThatThrownBy(() -> runtime.openSync(path, OpenOptions.createNew(20)).close())
        .isInstanceOf(AlreadyExists.class)
        .hasMessageStartingWith("[" + path + "] open: there is a file of this name already");
    assertThat(path).hasSize(10);
  }

  @Test
  void readWriteNeedsAnExistingFile() throws Exception {
    Path path = folder.resolve("missing");
    assertThatThrownBy(() -> runtime.openSync(path, OpenOptions.readWrite()).close())
        .isInstanceOf(NotFound.class);
    assertThat(path).doesNotExist();
    try (var region = existing()) {
      assertThat(region.toByteArray()).isEqualTo(TestFiles.pattern(SIZE));
    }
  }

  @Test
  void aRangeOfANewFileIsWritten() throws Exception {
    Path path = folder.resolve("new");
    var options = OpenOptions.create(SIZE).withRange(4095, 4097);
    try (var region = runtime.openSync(path, options)) {
      assertThat(region.byteSize()).isEqualTo(2);
      assertThat(path).hasSize(SIZE);
      region.write(0, MemorySegment.ofArray(new byte[] {1, 2}));
      region.force();
    }
    var expected = new byte[SIZE];
    expected[4095] = 1;
    expected[4096] = 2;
    assertThat(path).hasBinaryContent(expected);
    var beyond = OpenOptions.create(SIZE).withRange(0, SIZE + 1);
    assertThatThrownBy(() -> runtime.openSync(path, beyond).close()).isInstanceOf(Truncated.class);
  }

  /// So that no store finds the disk full.
  @Test
  void spaceIsReserved() throws Exception {
    Path path = folder.resolve("new");
    try (var region = runtime.openSync(path, OpenOptions.create(1 << 20))) {
      assertThat(blocks(path)).isGreaterThanOrEqualTo(1 << 20);
      region.resize(3 << 20);
      assertThat(blocks(path)).isGreaterThanOrEqualTo(3 << 20);
    }
    if (can(EngineTrait.FILLS_HOLES)) {
      Path holes = files.sparse("holes", 1 << 20);
      runtime.openSync(holes, OpenOptions.readWrite()).close();
      assertThat(blocks(holes)).isGreaterThanOrEqualTo(1 << 20);
    }
  }

  @Test
  void resizes() throws Exception {
    byte[] content = TestFiles.pattern(SIZE);
    try (var region = existing()) {
      for (long size : new long[] {SIZE, SIZE + 1, 3L * SIZE, 4097, 4095, 0, 0, 1, SIZE}) {
        int kept = (int) Math.min(size, region.byteSize());
        byte[] expected = Arrays.copyOf(Arrays.copyOf(region.toByteArray(), kept), (int) size);
        region.resize(size);
        assertThat(region.byteSize()).isEqualTo(size);
        assertThat(runtime.stats().mappedBytes()).isEqualTo(size);
        assertEverywhere(region, expected);
        int rest = (int) Math.min(size, SIZE);
        region.write(0, MemorySegment.ofArray(content).asSlice(0, rest));
      }
      assertEverywhere(region, content);
      assertThatThrownBy(() -> region.resize(-1)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void resizesARangeThatEndsWithItsFile() throws Exception {
    Path path = files.patterned(SIZE);
    try (var tail =
        runtime.openSync(path, OpenOptions.readWrite().withRange(4097, ByteRange.END_OF_FILE))) {
      tail.resize(10);
      assertThat(path).hasSize(4107);
      tail.resize(20);
      assertThat(Arrays.copyOf(tail.toByteArray(), 10))
          .isEqualTo(Arrays.copyOfRange(TestFiles.pattern(SIZE), 4097, 4107));
    }
    try (var head = runtime.openSync(path, OpenOptions.readWrite().withRange(0, 10))) {
      assertThatThrownBy(() -> head.resize(20))
          .isInstanceOf(Unsupported.class)
          .hasMessageStartingWith(
              "[" + path + "] resize: the file does not end where the region does.");
      assertThat(path).hasSize(4117);
    }
  }

  @Test
  void doesNotResizeWhatIsUsed() throws Exception {
    try (var region = existing()) {
      try (var _ = region.slice(0, 1)) {
        assertInUse(region);
      }
      try (var _ = region.access()) {
        assertInUse(region);
      }
      try (var _ = region.writableAccess()) {
        assertInUse(region);
      }
      try (var _ = region.sharedSegment()) {
        assertInUse(region);
      }
      try (var _ = region.lines()) {
        assertInUse(region);
      }
      region.apply(
          memory -> {
            assertInUse(region);
            return memory.byteSize();
          });
      region.resize(5);
      assertThat(region.byteSize()).isEqualTo(5);
    }
  }

  private static void assertInUse(WritableRegion region) {
    for (long size : new long[] {0, 10, SIZE * 2L}) {
      assertThatThrownBy(() -> region.resize(size))
          .isInstanceOf(InUse.class)
          .hasMessage(
              ("[%s] resize: 1 others use the region. Close its slices, leases and streams, and let"
                      + " calls of other threads end.")
                  .formatted(region.path()));
      assertThat(region.byteSize()).isEqualTo(SIZE);
      assertThat(region.path()).hasSize(SIZE);
    }
  }

  /// Each sees the region before or after a resize, never anything between.
  @Test
  void readersRaceWithResizes() throws Exception {
    Path path = files.write("ones", ones(SIZE));
    try (var region = runtime.openSync(path, OpenOptions.readWrite())) {
      var stop = new AtomicBoolean();
      var wrong = new AtomicReference<Throwable>();
      Thread[] readers = new Thread[2];
      for (int i = 0; i < readers.length; i++) {
        boolean raw = i == 0;
        readers[i] = Thread.ofPlatform().start(() -> readUntil(stop, wrong, region, raw));
      }
      int done = 0;
      for (int i = 0; i < 300 || (done < 20 && i < 100_000); i++) {
        try {
          region.resize(i % 2 == 0 ? 4096 : SIZE);
          done++;
          region.fill(0, region.byteSize(), (byte) 1);
        } catch (InUse _) {
          Thread.onSpinWait();
        }
      }
      stop.set(true);
      for (Thread reader : readers) {
        reader.join();
      }
      assertThat(wrong.get()).isNull();
      assertThat(done).as("resizes").isPositive();
    }
  }

  private static void readUntil(
      AtomicBoolean stop, AtomicReference<Throwable> wrong, WritableRegion region, boolean raw) {
    while (!stop.get() && wrong.get() == null) {
      try {
        long size = raw ? region.<Long>apply(MemorySegment::byteSize) : region.toByteArray().length;
        assertThat(size).isIn(4096L, (long) SIZE);
        assertThat(region.asString()).hasSizeGreaterThanOrEqualTo(4096);
      } catch (Throwable e) {
        wrong.compareAndSet(null, e);
      }
    }
  }

  private static byte[] ones(int size) {
    var ones = new byte[size];
    Arrays.fill(ones, (byte) 1);
    return ones;
  }

  @Test
  void whatNoDiskHoldsIsRefusedBeforeItIsTried() throws Exception {
    try (var region = existing()) {
      assertThat(catchThrowable(() -> region.resize(1L << 60)))
          .isInstanceOfAny(NoSpace.class, TooLarge.class);
      assertThat(Files.size(region.path())).isEqualTo(SIZE);
    }
    assertThatThrownBy(
            () -> runtime.openSync(folder.resolve("huge"), OpenOptions.create(1L << 60)).close())
        .isInstanceOfAny(NoSpace.class, TooLarge.class);
  }

  @Test
  void contentThatIsMadeUpIsNotWritten() {
    Path madeUp = Path.of("/proc/self/comm");
    assumeThat(madeUp).isWritable();
    assertThatThrownBy(() -> runtime.openSync(madeUp, OpenOptions.readWrite()).close())
        .isInstanceOf(Unsupported.class);
  }

  @Test
  void aFailedResizeChangesNothing() throws Exception {
    for (SpiCall call : new SpiCall[] {SpiCall.RESERVE, SpiCall.MAP}) {
      for (long size : new long[] {10, 2L * SIZE}) {
        var engine = faulty();
        try (var own = builder().engine(engine).build();
            var region = own.openSync(files.patterned(SIZE), OpenOptions.readWrite())) {
          engine.failFrom(call, 2, Fault.DEVICE);
          if (call == SpiCall.RESERVE && size < SIZE) {
            region.resize(size);
            continue;
          }
          assertThat(catchThrowable(() -> region.resize(size))).isInstanceOf(DeviceFailed.class);
          assertThat(region.byteSize()).isEqualTo(SIZE);
          assertEverywhere(region, TestFiles.pattern(SIZE));
          engine.heal();
          region.resize(size);
          assertThat(region.path()).hasSize(size);
        }
      }
    }
  }

  private static long blocks(Path path) throws Exception {
    var process = new ProcessBuilder("du", "-B1", path.toString()).start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    return Long.parseLong(output.split("\\s", 2)[0]);
  }
}
