package io.filewright.bench.stream;

import com.sun.management.ThreadMXBean;
import io.filewright.bench.Arguments;
import io.filewright.bench.Contender;
import io.filewright.bench.Outcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Counts the line feeds of one file, which is opened, read to its end and closed each time.
abstract class Counting implements Contender {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final double MEGABYTE = 1e6;

  private long bytes;

  @Override
  public final void prepare(Arguments arguments) throws Exception {
    Path file = arguments.file();
    bytes = Files.size(file);
    begin(file, arguments);
  }

  @Override
  public final Outcome run() throws Exception {
    long heap = THREADS.getTotalThreadAllocatedBytes();
    long reads = readCalls();
    long start = System.nanoTime();
    long lines = count();
    long nanos = System.nanoTime() - start;
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("reads/MB", (readCalls() - reads) / (bytes / MEGABYTE));
    metrics.put("heap B/MB", (THREADS.getTotalThreadAllocatedBytes() - heap) / (bytes / MEGABYTE));
    return Outcome.of(nanos, 1, bytes, lines).withMetrics(metrics);
  }

  /// How often this process called `read(2)` and its kin so far; those of an io_uring, and faults,
  /// are none.
  private static long readCalls() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/io")).stream()
        .filter(line -> line.startsWith("syscr: "))
        .mapToLong(line -> Long.parseLong(line.substring("syscr: ".length())))
        .findFirst()
        .orElse(0);
  }

  abstract void begin(Path file, Arguments arguments) throws Exception;

  abstract long count() throws Exception;
}
