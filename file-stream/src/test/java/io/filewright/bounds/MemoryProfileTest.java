package io.filewright.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What a scan takes, in a JVM of its own with a heap of 64 MiB. The files are sparse: what is
/// measured is memory, not the disk.
@EnabledOnOs(OS.LINUX)
class MemoryProfileTest {

  private static final long MIB = 1L << 20;
  private static final long BUDGET = 64 * MIB;

  /// Beside a chunk, its buffer has 32 KiB and, for alignment, two pages; one buffer more is read
  /// ahead than there are workers.
  private static final long SLACK = (32 << 10) + 2 * 4096;

  /// How far peaks may be apart.
  private static final long SPREAD = 16 * MIB;

  @TempDir private Path directory;

  private record Peaks(long fileBytes, long anonymousBytes, long budgetBytes) {}

  @Test
  @Tag("slow")
  void memoryDoesNotGrowWithTheFile() throws Exception {
    assertFlat(List.of(scan(100 * MIB, 2, MIB), scan(500 * MIB, 2, MIB), scan(1024 * MIB, 2, MIB)));
  }

  @Test
  @Tag("slow")
  @EnabledIfSystemProperty(named = "filewright.largeFiles", matches = "true")
  void memoryDoesNotGrowWithLargeFiles() throws Exception {
    assertFlat(
        List.of(scan(100 * MIB, 2, MIB), scan(5 * 1024 * MIB, 2, MIB), scan(10_240 * MIB, 2, MIB)));
  }

  private static void assertFlat(List<Peaks> peaks) {
    System.out.println(peaks);
    var anonymous = peaks.stream().mapToLong(Peaks::anonymousBytes).summaryStatistics();
    assertThat(anonymous.getMax() - anonymous.getMin()).isLessThanOrEqualTo(SPREAD);
    assertThat(anonymous.getMin()).isPositive();
  }

  @Test
  void budgetIsTheStatedBound() throws Exception {
    for (int workers : new int[] {1, 3}) {
      for (long chunkBytes : new long[] {64 << 10, MIB, 4 * MIB}) {
        Peaks peaks = scan(20 * MIB, workers, chunkBytes);
        assertThat(peaks.budgetBytes())
            .isBetween((workers + 1) * chunkBytes, (workers + 1) * (chunkBytes + SLACK));
      }
    }
  }

  private Peaks scan(long fileBytes, int workers, long chunkBytes) throws Exception {
    Path file = sparse(fileBytes);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ScanProgram.class.getName(),
                file.toString(),
                Long.toString(BUDGET),
                Integer.toString(workers),
                Long.toString(chunkBytes))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    Files.delete(file);
    String[] figures = output.trim().split(" ", -1);
    assertThat(Long.parseLong(figures[0])).isEqualTo(fileBytes);
    return new Peaks(fileBytes, Long.parseLong(figures[1]), Long.parseLong(figures[2]));
  }

  private Path sparse(long byteSize) throws IOException {
    Path file = directory.resolve("sparse");
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(byteSize);
    }
    return file;
  }
}
