package io.filewright.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.AsyncFiles;
import io.filewright.error.Truncated;
import io.filewright.internal.blocks.BlockFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a pass over a mapping brings in, and lets go.
@Timeout(60)
class MappedWindowsTest {

  private static final long MIB = 1L << 20;

  @TempDir private Path folder;

  @Test
  void whatHasBeenReadIsLetGo() throws Exception {
    long before = mappedBytes();
    long most = 0;
    long chunks = 0;
    try (var reader = source(sparse(96 * MIB)).open()) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        try (Chunk chunk = next.get()) {
          byte sum = chunk.apply(memory -> memory.get(ValueLayout.JAVA_BYTE, MIB - 1));
          assertThat(sum).isZero();
        }
        most = Math.max(most, mappedBytes() - before);
        chunks++;
      }
    }
    assertThat(chunks).isEqualTo(96);
    assertThat(most).isBetween(4 * MIB, 40 * MIB);
  }

  @Test
  void whatIsBeforeTheNewEndOfAFileIsDelivered() throws Exception {
    Path path = sparse(40 * MIB);
    try (var reader = source(path).open()) {
      reader.next().orElseThrow().close();
      resize(path, 17 * MIB + MIB / 2);
      for (int i = 1; i < 17; i++) {
        try (Chunk chunk = reader.next().orElseThrow()) {
          assertThat(chunk.byteOffset()).isEqualTo(i * MIB);
        }
      }
      assertThatThrownBy(reader::next).isInstanceOf(Truncated.class);
    }
  }

  @Test
  void notManySmallOnesAreBegunAhead() throws Exception {
    try (var file = BlockFile.mapping(AsyncFiles.openSync(sparse(MIB)), 1)) {
      assertThat(file.depth()).isEqualTo(64);
    }
    try (var reader = source(sparse(9 * MIB)).withChunkSize(1000).open()) {
      var seen = new AtomicLong();
      reader.forEach(chunk -> assertThat(chunk.byteOffset()).isEqualTo(seen.getAndAdd(1000)));
      assertThat(seen).hasValueGreaterThan(9 * MIB - 1000);
    }
  }

  private static ChunkSource source(Path path) {
    return ChunkSource.of(path).withChunkSize(MIB).withEngine(StreamEngine.MAPPED);
  }

  private Path sparse(long byteSize) throws IOException {
    Path path = folder.resolve("sparse");
    resize(path, byteSize);
    return path;
  }

  private static void resize(Path path, long byteSize) throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(byteSize);
    }
  }

  /// Of this process: what is in memory of files that it has mapped.
  private static long mappedBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("RssFile:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElseThrow()
        * 1024;
  }
}
