package io.filewright.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.bounds.ScanProcess.Figures;
import io.filewright.bounds.ScanProcess.Way;
import io.filewright.stream.StreamEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What a scan takes, in a JVM of its own with a heap of 64 MiB.
@EnabledOnOs(OS.LINUX)
class MemoryProfileTest {

  private static final long MIB = 1L << 20;
  private static final long BUDGET = 64 * MIB;

  /// Beside a chunk, its buffer has 32 KiB and, for alignment, two pages; one buffer more is read
  /// ahead than there are workers.
  private static final long SLACK = (32 << 10) + 2 * 4096;

  /// How far peaks may be apart.
  private static final long SPREAD = 16 * MIB;

  /// How far the budget's peak may be from the growth of the process, beside 5 %.
  private static final long NOISE = 8 * MIB;

  @TempDir private Path directory;
  private ScanProcess process = new ScanProcess(Path.of(""), List.of(), 0);

  @BeforeEach
  void begin() {
    process = new ScanProcess(directory, List.of("-Xmx64m"), BUDGET);
  }

  @Test
  @Tag("slow")
  void memoryDoesNotGrowWithTheFile() throws Exception {
    assertFlat(List.of(100 * MIB, 500 * MIB, 1024 * MIB));
  }

  @Test
  @Tag("slow")
  @EnabledIfSystemProperty(named = "filewright.largeFiles", matches = "true")
  void memoryDoesNotGrowWithLargeFiles() throws Exception {
    assertFlat(List.of(100 * MIB, 500 * MIB, 1024 * MIB, 5 * 1024 * MIB, 10_240 * MIB));
  }

  private void assertFlat(List<Long> sizes) throws Exception {
    var all = new ArrayList<Figures>();
    for (long size : sizes) {
      all.add(process.scan(size, new Way(StreamEngine.READ, 2, MIB)));
    }
    all.forEach(System.out::println);
    var anonymous = all.stream().mapToLong(Figures::anonymousBytes).summaryStatistics();
    assertThat(anonymous.getMax() - anonymous.getMin()).isLessThanOrEqualTo(SPREAD);
    assertThat(anonymous.getMin()).isPositive();
    assertThat(all).allSatisfy(f -> assertThat(f.budgetBytes()).isLessThanOrEqualTo(BUDGET));
  }

  @Test
  void budgetIsTheStatedBound() throws Exception {
    for (int workers : new int[] {1, 3}) {
      for (long chunkBytes : new long[] {64 << 10, MIB, 4 * MIB}) {
        Figures peaks = process.scan(20 * MIB, new Way(StreamEngine.READ, workers, chunkBytes));
        assertThat(peaks.budgetBytes())
            .isBetween((workers + 1) * chunkBytes, (workers + 1) * (chunkBytes + SLACK));
      }
    }
  }

  /// The heap is there from the beginning, so that only buffers make the process grow.
  @Test
  void processGrowsByWhatTheBudgetSays() throws Exception {
    var touched =
        new ScanProcess(directory, List.of("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch"), BUDGET);
    for (long chunkBytes : new long[] {MIB, 8 * MIB}) {
      Figures figures = touched.scan(400 * MIB, new Way(StreamEngine.READ, 6, chunkBytes));
      System.out.println(figures);
      assertThat(figures.anonymousBytes() - figures.idleBytes())
          .isBetween(
              (long) (figures.budgetBytes() * 0.95) - NOISE,
              (long) (figures.budgetBytes() * 1.05) + NOISE);
    }
  }
}
