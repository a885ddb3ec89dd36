package io.filewright.bounds;

import io.filewright.ByteScan;
import io.filewright.memory.MemoryBudget;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.StreamConfig;
import io.filewright.stream.StreamMode;
import io.filewright.stream.StreamingProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/// Counts the zeros of a file, and prints how many, the peak of its anonymous memory and that of
/// its budget, all in bytes. The memory is looked at by each chunk: so it is never looked at less
/// often than it could grow.
public final class ScanProgram {

  private ScanProgram() {}

  public static void main(String[] args) throws Exception {
    var budget = MemoryBudget.ofBytes(Long.parseLong(args[1]));
    var config =
        StreamConfig.defaults()
            .withMode(StreamMode.STREAM)
            .withWorkers(Integer.parseInt(args[2]))
            .withChunkSize(Long.parseLong(args[3]))
            .withMemoryLimit(budget);
    var peak = new AtomicLong();
    long zeros =
        StreamingProcessor.of(config)
            .aggregate(
                ChunkSource.of(Path.of(args[0])),
                () -> 0L,
                (sum, chunk) -> {
                  if (chunk.index() % 16 == 0) {
                    peak.accumulateAndGet(anonymousBytes(), Math::max);
                  }
                  return sum + chunk.<Long>apply(memory -> ByteScan.count(memory, (byte) 0));
                },
                Long::sum);
    System.out.println(zeros + " " + peak.get() + " " + budget.stats().peakBytes());
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
