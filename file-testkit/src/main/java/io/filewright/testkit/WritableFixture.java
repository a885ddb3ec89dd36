package io.filewright.testkit;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.WritableRegion;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.util.Arrays;

/// Regions to write to, and where to look for what was written.
abstract class WritableFixture extends ContractFixture {

  static final int SIZE = 100_000;

  WritableRegion existing() throws Exception {
    return runtime.openSync(files.patterned(SIZE), OpenOptions.readWrite());
  }

  /// By the region's own ways and by the file's.
  static void assertEverywhere(MmapRegion region, byte[] expected) throws Exception {
    assertThat(Arrays.equals(region.toByteArray(), expected)).as("read").isTrue();
    assertThat(Arrays.equals(region.<byte[]>apply(m -> m.toArray(JAVA_BYTE)), expected))
        .as("mapped")
        .isTrue();
    assertThat(Arrays.equals(Files.readAllBytes(region.path()), expected)).as("file").isTrue();
  }

  static long set(MemorySegment memory, long offset, int value) {
    memory.set(JAVA_BYTE, offset, (byte) value);
    return offset;
  }
}
