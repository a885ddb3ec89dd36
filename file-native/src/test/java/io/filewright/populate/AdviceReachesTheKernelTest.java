package io.filewright.populate;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.AsyncFiles;
import io.filewright.MmapAdvice;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.spi.AdviceResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Advice passes through jnr-ffi to madvise(2): the kernel shows it among the mapping's flags.
class AdviceReachesTheKernelTest {

  private static final long CRC_OF_ZEROS = 0x14298C12L;

  @TempDir Path directory;

  @Test
  void randomAndSequentialShowAsFlagsOfTheMapping() throws Exception {
    try (MmapRegion region = mapped(OpenOptions.readOnly())) {
      assertThat(flags(region)).doesNotContain("rr", "sr");

      assertThat(region.advise(MmapAdvice.RANDOM)).isInstanceOf(AdviceResult.Applied.class);
      assertThat(flags(region)).contains("rr");

      assertThat(region.advise(MmapAdvice.SEQUENTIAL).isApplied()).isTrue();
      assertThat(flags(region)).contains("sr").doesNotContain("rr");

      assertThat(region.advise(MmapAdvice.NORMAL).isApplied()).isTrue();
      assertThat(flags(region)).doesNotContain("rr", "sr");
    }
  }

  @Test
  void adviceOfTheOptionsIsGivenAtOpen() throws Exception {
    try (MmapRegion region = mapped(OpenOptions.readOnly().withAdvice(MmapAdvice.RANDOM))) {
      assertThat(flags(region)).contains("rr");
    }
  }

  @Test
  void lockedMemoryShowsAsFlag() throws Exception {
    try (MmapRegion region = mapped(OpenOptions.readOnly().withLockInMemory())) {
      assertThat(flags(region)).contains("lo");
    }
  }

  @Test
  void everyAdviceIsAppliedOrAnsweredAsUnsupported() throws Exception {
    try (MmapRegion region = mapped(OpenOptions.readOnly())) {
      for (MmapAdvice advice : MmapAdvice.values()) {
        AdviceResult result = region.advise(advice);
        assertThat(result.isApplied() || result instanceof AdviceResult.Unsupported).isTrue();
        assertThat(region.checksum(new CRC32C())).isEqualTo(CRC_OF_ZEROS);
      }
    }
  }

  @Test
  void evictedPagesAreNotResidentAndPrefetchedOnesAre() throws Exception {
    try (MmapRegion region = mapped(OpenOptions.readOnly())) {
      assertThat(region.advise(MmapAdvice.EVICT).isApplied()).isTrue();
      assertThat(region.residency().residentPages()).isZero();

      region.prefetch(0, region.byteSize()).get();
      assertThat(region.residency().isComplete()).isTrue();
    }
  }

  private MmapRegion mapped(OpenOptions<MmapRegion> options) throws Exception {
    Path file = directory.resolve("mapped-file");
    Files.write(file, new byte[1 << 20]);
    new ProcessBuilder("sync", file.toString()).start().waitFor();
    return AsyncFiles.openSync(file, options.withPrefault(Prefault.ALL));
  }

  /// The two-letter flags of the region's mapping, see "VmFlags" in proc(5).
  private static List<String> flags(MmapRegion region) throws Exception {
    List<String> lines = Files.readAllLines(Path.of("/proc/self/smaps"));
    int at = 0;
    while (!lines.get(at).endsWith(region.path().toString())) {
      at++;
    }
    while (!lines.get(at).startsWith("VmFlags:")) {
      at++;
    }
    return List.of(lines.get(at).substring("VmFlags:".length()).strip().split(" ", -1));
  }
}
