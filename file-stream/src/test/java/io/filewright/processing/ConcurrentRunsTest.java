package io.filewright.processing;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.memory.MemoryBudget;
import io.filewright.scan.ByteScan;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.StreamConfig;
import io.filewright.stream.StreamMode;
import io.filewright.stream.StreamingProcessor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs that share a budget which is too small for all of them at once.
@Timeout(120)
class ConcurrentRunsTest {

  private static final int RUNS = 8;
  private static final int ROUNDS = 8;
  private static final long CHUNK_BYTES = 256 << 10;
  private static final int FILE_BYTES = 8 << 20;

  @Test
  void allOfThemComeToTheirTurn(@TempDir Path directory) throws Exception {
    byte[] content = new byte[FILE_BYTES];
    Arrays.fill(content, (byte) '\n');
    Path file = Files.write(directory.resolve("data"), content);
    var parent = MemoryBudget.ofBytes(4 << 20); // two or three of them fit
    var children = new ArrayList<MemoryBudget>();
    try (var threads = Executors.newFixedThreadPool(RUNS)) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        var child = parent.child("run " + i, 2 << 20);
        children.add(child);
        counts.add(threads.submit(() -> countOften(file, child)));
      }
      for (Future<Long> count : counts) {
        assertThat(count.get()).isEqualTo((long) ROUNDS * FILE_BYTES);
      }
    }
    assertThat(parent.stats().peakBytes()).isPositive().isLessThanOrEqualTo(parent.limitBytes());
    assertThat(children)
        .allSatisfy(
            child -> {
              assertThat(child.stats().peakBytes()).isBetween(3 * CHUNK_BYTES, child.limitBytes());
              assertThat(child.usedBytes()).isZero();
            });
    assertThat(parent.usedBytes()).isZero();
  }

  private static long countOften(Path file, MemoryBudget budget) throws Exception {
    var config =
        StreamConfig.defaults().withMode(StreamMode.STREAM).withWorkers(2).withMemoryLimit(budget);
    var source = ChunkSource.of(file).withChunkSize(CHUNK_BYTES);
    long sum = 0;
    for (int i = 0; i < ROUNDS; i++) {
      sum +=
          StreamingProcessor.of(config)
              .aggregate(
                  source,
                  () -> 0L,
                  (count, chunk) -> count + chunk.<Long>apply(m -> ByteScan.count(m, (byte) '\n')),
                  Long::sum);
    }
    return sum;
  }
}
