package io.filewright.bounds;

import io.filewright.ByteRange;
import io.filewright.memory.MemoryBudget;
import io.filewright.scan.ByteScan;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.StreamConfig;
import io.filewright.stream.StreamEngine;
import io.filewright.stream.StreamMode;
import io.filewright.stream.StreamingProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/// Counts the zeros of a file, and prints how many, the anonymous memory of the idle but warm
/// process, its peak, and the budget's peak, all in bytes. The memory is looked at by every 16th
/// chunk, and the first.
///
/// Arguments: the file, the budget in bytes, the workers, the bytes of a chunk, the engine.
public final class ScanProgram {

  private static final int LOOKS = 16;
  private static final long WARM_UP_BYTES = 16L << 20;

  private final StreamingProcessor processor;
  private final ChunkSource source;
  private final AtomicLong peak = new AtomicLong();

  private ScanProgram(String[] args, MemoryBudget budget) {
    processor =
        StreamingProcessor.of(
            StreamConfig.defaults()
                .withMode(StreamMode.STREAM)
                .withWorkers(Integer.parseInt(args[2])));
    source =
        ChunkSource.of(Path.of(args[0]))
            .withChunkSize(Long.parseLong(args[3]))
            .withEngine(StreamEngine.valueOf(args[4]))
            .withBudget(budget);
  }

  public static void main(String[] args) throws Exception {
    var budget = MemoryBudget.ofBytes(Long.parseLong(args[1]));
    var program = new ScanProgram(args, budget);
    program.zeros(
        program.source.withChunkSize(64 << 10).withRange(new ByteRange(0, WARM_UP_BYTES)));
    long idle = anonymousBytes();
    budget.resetPeak();
    long zeros = program.zeros(program.source);
    System.out.printf("%d %d %d %d%n", zeros, idle, program.peak.get(), budget.stats().peakBytes());
  }

  private long zeros(ChunkSource chunks) throws Exception {
    return processor.aggregate(
        chunks,
        () -> 0L,
        (sum, chunk) -> {
          if (chunk.index() % LOOKS == 0) {
            peak.accumulateAndGet(anonymousBytes(), Math::max);
          }
          return sum + chunk.<Long>apply(memory -> ByteScan.count(memory, (byte) 0));
        },
        Long::sum);
  }

  private static long anonymousBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("RssAnon:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new IOException("no RssAnon in /proc/self/status");
  }
}
