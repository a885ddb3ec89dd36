package io.filewright.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.filewright.bounds.ScanProcess.Way;
import io.filewright.stream.StreamEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How often a scan calls the kernel, as `strace -c` counts: that of a large file less that of a
/// small one, so that the start of the JVM counts for nothing.
@Tag("faults")
class SystemCallsTest {

  private static final long MIB = 1L << 20;
  private static final long SMALL_BYTES = 32 * MIB;
  private static final long LARGE_BYTES = 544 * MIB;

  @TempDir private Path directory;

  /// Read, a chunk is a `pread` and a look at the size, 7.6 and 1.9 a MB; mapped, it is a look at
  /// the size, and a stretch of 8 MiB some `madvise`. The rest is the JVM's. Calls of `futex` do
  /// not count: here they are those of the JVM's own threads.
  @ParameterizedTest
  @CsvSource({
    "READ, 262144, 8.3",
    "READ, 1048576, 2.7",
    "MAPPED, 262144, 5.2",
    "MAPPED, 1048576, 2.1",
  })
  void aMegabyteTakesFew(StreamEngine engine, long chunkBytes, double most) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "strace is not there");
    var way = new Way(engine, 1, chunkBytes);
    double each =
        (double) (calls(LARGE_BYTES, way) - calls(SMALL_BYTES, way))
            / (LARGE_BYTES - SMALL_BYTES)
            * 1e6;
    System.out.println(way + ": " + each + " system calls a MB");
    assertThat(each).isBetween(1.0, most);
  }

  private long calls(long fileBytes, Way way) throws Exception {
    Path counts = directory.resolve("counts");
    var process = new ScanProcess(directory, List.of("-Xmx64m"), 64 * MIB);
    process.scan(
        List.of("strace", "-f", "-c", "-e", "trace=!futex", "-o", counts.toString()),
        fileBytes,
        way);
    String total =
        Files.readAllLines(counts).stream()
            .filter(line -> line.endsWith(" total"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(total.strip().split(" +", -1)[3]);
  }
}
