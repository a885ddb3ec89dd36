package io.filewright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.AsyncFiles;
import io.filewright.FileRuntime;
import io.filewright.MmapAdvice;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.FileException;
import io.filewright.memory.MemoryBudget;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The snippets of docs/performance.md.
final class PerformanceSnippetsTest {

  private static final int BYTES = 3_000_000;

  @TempDir Path folder;

  private Path path;

  @BeforeEach
  void writeFile() throws Exception {
    path = Files.writeString(folder.resolve("data"), "x".repeat(BYTES));
  }

  @Test
  void bringsARangeInBeforeItIsTouched() throws Exception {
    long from = 100_000;
    long to = 200_000;
    var options = OpenOptions.readOnly().withPrefault(Prefault.NONE);
    try (MmapRegion region = AsyncFiles.openSync(path, options)) {
      // snippet: prefetch
      CompletableFuture<Byte> last =
          region
              .prefetch(from, to) // on the engine's threads
              .thenApply(_ -> lastByte(region.slice(from, to))); // touches pages which are in
      // end
      assertThat(last.join()).isEqualTo((byte) 'x');
      assertThat(region.isResident(from, to)).isTrue();
    }
  }

  @Test
  void worksChunkByChunk() throws Exception {
    long total = 0;
    // snippet: chunks
    try (MmapRegion region = AsyncFiles.openSync(path)) {
      for (MmapRegion chunk : region.chunks(1 << 20)) {
        try (chunk) {
          total += chunk.apply(segment -> segment.byteSize());
        }
      }
    }
    // end
    assertThat(total).isEqualTo(BYTES);
  }

  @Test
  void setsRandomAfterTheLoad() throws Exception {
    // snippet: random
    var options =
        OpenOptions.readOnly()
            .withPrefault(Prefault.ALL) // comes first
            .withAdvice(MmapAdvice.RANDOM); // given when the pages are in
    // end
    try (MmapRegion region = AsyncFiles.openSync(path, options)) {
      assertThat(region.residency().isComplete()).isTrue();
    }
  }

  @Test
  void makesARuntimeOfItsOwn() throws Exception {
    long size;
    // snippet: runtime
    try (FileRuntime runtime =
        FileRuntime.builder()
            .loadThreads(4)
            .maxRegions(1000)
            .budget(MemoryBudget.ofBytes(64 << 20))
            .build()) {
      try (var handle = runtime.open(path, OpenOptions.readOnly())) {
        size = handle.await().byteSize();
      }
    }
    // end
    assertThat(size).isEqualTo(BYTES);
  }

  private static byte lastByte(MmapRegion region) {
    try (region) {
      return region.apply(segment -> segment.get(ValueLayout.JAVA_BYTE, segment.byteSize() - 1));
    } catch (FileException e) {
      throw new UncheckedIOException(e);
    }
  }
}
