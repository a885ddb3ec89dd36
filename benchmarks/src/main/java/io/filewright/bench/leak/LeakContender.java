package io.filewright.bench.leak;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.bench.Arguments;
import io.filewright.bench.Contender;
import io.filewright.bench.Outcome;
import io.filewright.bench.ProcStatus;
import io.filewright.bench.kit.Ours;
import io.filewright.bench.kit.Sums;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;

/// Opens, reads and closes one file, and compares what the process holds before and after.
public final class LeakContender implements Contender {

  /// How a cycle goes.
  enum Way {
    MAPPED,
    DEFAULT,
    AWAITED
  }

  /// So many cycles come before the first count: code is compiled, threads have started.
  private static final int WARM_UP = 30_000;

  private static final long SETTLE_MILLIS = 300;

  private final MemorySegment buffer = Arena.global().allocate(4096, 64);
  private final OpenOptions<MmapRegion> all = OpenOptions.readOnly().withPrefault(Prefault.ALL);
  private FileRuntime runtime = FileRuntime.shared();
  private Path file = Path.of("");
  private Way way = Way.DEFAULT;
  private int cycles;

  @Override
  public void prepare(Arguments arguments) throws Exception {
    runtime = Ours.runtime(arguments);
    file = arguments.file();
    way = Way.valueOf(arguments.get("way"));
    cycles = arguments.getInt("cycles");
    cycle(WARM_UP);
  }

  @Override
  public Outcome run() throws Exception {
    var before = Holdings.now();
    long start = System.nanoTime();
    long sum = cycle(cycles);
    long nanos = System.nanoTime() - start;
    var after = Holdings.now();
    return Outcome.of(nanos, cycles, 0, sum)
        .withMetrics(
            Map.of(
                "descriptors",
                (double) after.descriptors(),
                "mappings",
                (double) after.mappings(),
                "+descriptors",
                (double) after.descriptors() - before.descriptors(),
                "+mappings",
                (double) after.mappings() - before.mappings(),
                "+RssAnon MiB",
                (after.rssAnonKib() - before.rssAnonKib()) / 1024.0));
  }

  private long cycle(int count) throws Exception {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum +=
          switch (way) {
            case MAPPED -> mapped();
            case DEFAULT -> read();
            case AWAITED -> awaited();
          };
    }
    return sum;
  }

  private long mapped() throws IOException {
    try (MmapRegion region = runtime.openSync(file, all)) {
      return region.apply(Sums::of);
    }
  }

  private long read() throws IOException {
    try (MmapRegion region = runtime.openSync(file, OpenOptions.readOnly())) {
      return read(region);
    }
  }

  private long awaited() throws IOException, InterruptedException {
    try (var handle = runtime.open(file, OpenOptions.readOnly())) {
      return read(handle.await());
    }
  }

  private long read(MmapRegion region) throws IOException {
    long count = region.read(0, buffer);
    return Sums.of(buffer.asSlice(0, count));
  }

  /// What the process holds.
  private record Holdings(long descriptors, long mappings, long rssAnonKib) {

    static Holdings now() throws IOException, InterruptedException {
      System.gc();
      Thread.sleep(SETTLE_MILLIS);
      System.gc();
      var status = ProcStatus.SELF;
      return new Holdings(status.descriptors(), status.mappings(), status.rssAnonKib());
    }
  }
}
