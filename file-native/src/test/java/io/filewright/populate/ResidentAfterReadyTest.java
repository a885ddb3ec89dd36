package io.filewright.populate;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.AsyncFiles;
import io.filewright.MmapAdvice;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `Ready` promises under `Prefault.ALL`: touching the region takes no fault worth mentioning.
class ResidentAfterReadyTest {

  private static final int PAGE = 4096;
  private static final int PAGES = 16_384;

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void makeColdFile() throws Exception {
    file = directory.resolve("64MiB");
    byte[] block = new byte[PAGE * 1024];
    Arrays.fill(block, (byte) 7);
    try (var out = Files.newOutputStream(file)) {
      for (int i = 0; i < PAGES / 1024; i++) {
        out.write(block);
      }
      out.flush();
    }
    evict();
    touchEveryPageOf(Prefault.NONE); // loads the classes
    evict();
  }

  @Test
  void touchingEveryPageTakesNoMajorAndHardlyAMinorFault() throws Exception {
    Faults faults = touchEveryPageOf(Prefault.ALL);

    assertThat(faults.major()).isZero();
    assertThat(faults.minor()).isLessThanOrEqualTo(PAGES / 100);
  }

  @Test
  void withoutPrefaultTheSameTouchesDoFault() throws Exception {
    Faults faults = touchEveryPageOf(Prefault.NONE);

    assertThat(faults.minor() + faults.major()).isGreaterThan(PAGES / 100);
  }

  @Test
  void openSyncBringsPagesInLikeOpenDoes() throws Exception {
    try (var region = AsyncFiles.openSync(file, options(Prefault.ALL))) {
      assertThat(region.residency().isComplete()).isTrue();
    }
  }

  private Faults touchEveryPageOf(Prefault prefault) throws Exception {
    try (var handle = AsyncFiles.open(file, options(prefault))) {
      MmapRegion region = handle.await();
      return region.apply(ResidentAfterReadyTest::faultsOfTouching);
    }
  }

  private static Faults faultsOfTouching(MemorySegment segment) {
    Faults before = Faults.ofThisThread();
    long sum = 0;
    for (long at = 0; at < segment.byteSize(); at += PAGE) {
      sum += segment.get(ValueLayout.JAVA_BYTE, at);
    }
    Faults after = Faults.ofThisThread();
    assertThat(sum).isEqualTo(7L * PAGES);
    return after.since(before);
  }

  private static OpenOptions<MmapRegion> options(Prefault prefault) {
    return OpenOptions.readOnly().withPrefault(prefault);
  }

  private void evict() throws Exception {
    new ProcessBuilder("sync", file.toString()).start().waitFor();
    try (var region = AsyncFiles.openSync(file, options(Prefault.NONE))) {
      region.advise(MmapAdvice.EVICT);
    }
  }

  /// Page faults of a thread so far: fields 10 and 12 of its `stat`, see proc(5).
  private record Faults(long minor, long major) {

    static Faults ofThisThread() {
      try (BufferedReader reader = Files.newBufferedReader(Path.of("/proc/thread-self/stat"))) {
        String line = reader.readLine();
        List<String> fields = List.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
        return new Faults(Long.parseLong(fields.get(7)), Long.parseLong(fields.get(9)));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    Faults since(Faults earlier) {
      return new Faults(minor - earlier.minor, major - earlier.major);
    }
  }
}
