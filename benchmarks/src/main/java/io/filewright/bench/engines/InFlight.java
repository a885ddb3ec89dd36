package io.filewright.bench.engines;

import io.filewright.AsyncFileHandle;
import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.bench.Arguments;
import io.filewright.bench.Contender;
import io.filewright.bench.Outcome;
import io.filewright.bench.kit.Ours;
import io.filewright.bench.kit.Sums;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;

/// Keeps 64 loads in flight and takes them in order; sums the first page of each file.
public final class InFlight implements Contender {

  /// How many threads that block the engine had at the end of a round; they live on for a while.
  static final String THREADS = "threads held";

  private static final int WINDOW = 64;
  private static final int SMALL = 64 << 10;
  private static final int PAGE = 4096;

  private final OpenOptions<MmapRegion> small = OpenOptions.readOnly();
  private final OpenOptions<MmapRegion> large = small.withPrefault(Prefault.ALL);
  private FileRuntime runtime = FileRuntime.shared();
  private List<Path> files = List.of();
  private OpenOptions<MmapRegion> options = small;

  @Override
  public void prepare(Arguments arguments) throws Exception {
    runtime = Ours.runtime(arguments);
    files = arguments.files();
    options = Files.size(files.getFirst()) <= SMALL ? small : large;
  }

  @Override
  public Outcome run() throws Exception {
    long start = System.nanoTime();
    var flying = new ArrayDeque<AsyncFileHandle<MmapRegion>>(WINDOW);
    long sum = 0;
    long bytes = 0;
    for (Path file : files) {
      if (flying.size() == WINDOW) {
        try (var handle = flying.remove()) {
          bytes += handle.await().byteSize();
          sum += firstPage(handle.await());
        }
      }
      flying.add(runtime.open(file, options));
    }
    for (var handle : flying) {
      try (handle) {
        bytes += handle.await().byteSize();
        sum += firstPage(handle.await());
      }
    }
    long nanos = System.nanoTime() - start;
    return Outcome.of(nanos, files.size(), bytes, sum)
        .withMetrics(Map.of(THREADS, (double) threads()));
  }

  private static long firstPage(MmapRegion region) throws Exception {
    return region.apply(memory -> Sums.of(memory.asSlice(0, Math.min(PAGE, memory.byteSize()))));
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("filewright-open") || name.startsWith("filewright-load"))
        .count();
  }
}
