package io.filewright.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.memory.MemoryBudget;
import io.filewright.scan.ByteScan;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.StreamConfig;
import io.filewright.stream.StreamMode;
import io.filewright.stream.StreamingProcessor;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Eight scans at a time, each with a share of one budget: none starves.
@Tag("slow")
class ConcurrentScansTest {

  private static final long MIB = 1L << 20;
  private static final int SCANS = 8;
  private static final int WORKERS = 2;
  private static final long CHILD_BYTES = 32 * MIB;
  private static final long FILE_BYTES = 1024 * MIB;
  private static final double LARGEST_RATIO = 1.5;

  @TempDir private Path directory;

  @Test
  void theSlowestIsNearTheFastest() throws Exception {
    Path file = directory.resolve("sparse");
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(FILE_BYTES);
    }
    var parent = MemoryBudget.ofBytes(SCANS * CHILD_BYTES);
    var together = new CyclicBarrier(SCANS);
    List<Long> nanos = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(SCANS)) {
      List<Future<Long>> scans = new ArrayList<>();
      for (int i = 0; i < SCANS; i++) {
        var child = parent.child("scan " + i, CHILD_BYTES);
        scans.add(threads.submit(() -> scan(file, child, together)));
      }
      for (Future<Long> scan : scans) {
        nanos.add(scan.get());
      }
    }
    var statistics = nanos.stream().mapToLong(n -> n).summaryStatistics();
    double ratio = (double) statistics.getMax() / statistics.getMin();
    System.out.printf(
        "slowest %d ms, fastest %d ms, ratio %.2f, peak %d of %d bytes%n",
        statistics.getMax() / 1_000_000,
        statistics.getMin() / 1_000_000,
        ratio,
        parent.stats().peakBytes(),
        parent.limitBytes());
    assertThat(ratio).isLessThanOrEqualTo(LARGEST_RATIO);
    assertThat(parent.stats().peakBytes())
        .isBetween(SCANS * WORKERS * 8 * MIB, parent.limitBytes());
    assertThat(parent.usedBytes()).isZero();
  }

  /// Three buffers of 8 MiB for two workers.
  private static long scan(Path file, MemoryBudget budget, CyclicBarrier together)
      throws Exception {
    var processor =
        StreamingProcessor.of(
            StreamConfig.defaults().withMode(StreamMode.STREAM).withWorkers(WORKERS));
    var source = ChunkSource.of(file).withChunkSize(8 * MIB).withBudget(budget);
    together.await();
    long start = System.nanoTime();
    long zeros =
        processor.aggregate(
            source,
            () -> 0L,
            (sum, chunk) -> sum + chunk.<Long>apply(m -> ByteScan.count(m, (byte) 0)),
            Long::sum);
    assertThat(zeros).isEqualTo(FILE_BYTES);
    return System.nanoTime() - start;
  }
}
