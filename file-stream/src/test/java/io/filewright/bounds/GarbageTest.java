package io.filewright.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.stream.ChunkSource;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What a chunk leaves on the heap, in a JVM of its own: one that measures which lines are run has
/// other methods.
@EnabledOnOs(OS.LINUX)
class GarbageTest {

  private static final int CHUNKS = 4096;
  private static final long CHUNK_BYTES = 16 << 10;
  private static final int PASSES_UNTIL_COMPILED = 30;

  /// 1 KB a MB with chunks of their usual size; a chunk's size changes nothing in what it leaves.
  private static final double MOST_BYTES = 1024 * ChunkSource.DEFAULT_CHUNK_BYTES / 1e6;

  @TempDir private Path directory;

  /// It is the chunk, its lifetime and its claim; the segment that the function gets, with an arena
  /// whose end kills it; the function's result and the sum, which are boxed; and what a pass takes
  /// by itself.
  @Test
  void aChunkLeavesLittleOnTheHeap() throws Exception {
    Path file = directory.resolve("sparse");
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(CHUNKS * CHUNK_BYTES);
    }
    double each = garbage(file) / (double) CHUNKS;
    System.out.println(each + " bytes of the heap a chunk");
    assertThat(each).isBetween(100.0, MOST_BYTES);
  }

  /// Compiles before it goes on, so that it does not depend on how busy the machine is.
  private long garbage(Path file) throws Exception {
    String said =
        new ChildProcess(directory, Duration.ofMinutes(2))
            .run(
                List.of(
                    ChildProcess.java(),
                    "-Xbatch",
                    "-Xmx64m",
                    "-XX:+UseSerialGC",
                    "-XX:-UsePerfData",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    GarbageProgram.class.getName(),
                    file.toString(),
                    Long.toString(CHUNK_BYTES),
                    Integer.toString(PASSES_UNTIL_COMPILED)));
    return Long.parseLong(said.strip());
  }
}
