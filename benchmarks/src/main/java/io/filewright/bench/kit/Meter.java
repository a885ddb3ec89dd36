package io.filewright.bench.kit;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What this process takes of the system, and of its heap, for each MB that it goes through.
///
/// @param reads calls of `read(2)` and its kin before; those of an io_uring, and faults, are none
/// @param heapBytes allocated before
record Meter(long reads, long heapBytes) {

  private static final Path IO = Path.of("/proc/self/io");
  private static final String READS = "syscr: ";
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final double MEGABYTE = 1e6;

  static Meter start() throws IOException {
    long reads = countReads(); // itself uses the heap, so the heap is looked at inside of it
    return new Meter(reads, THREADS.getTotalThreadAllocatedBytes());
  }

  Map<String, Double> stop(long byteSize) throws IOException {
    long heapAfter = THREADS.getTotalThreadAllocatedBytes();
    long readsAfter = countReads();
    double megabytes = byteSize / MEGABYTE;
    return Map.of(
        "reads/MB", (readsAfter - reads) / megabytes,
        "heap B/MB", (heapAfter - heapBytes) / megabytes);
  }

  private static long countReads() throws IOException {
    return Files.readAllLines(IO).stream()
        .filter(line -> line.startsWith(READS))
        .mapToLong(line -> Long.parseLong(line.substring(READS.length())))
        .findFirst()
        .orElse(0);
  }
}
