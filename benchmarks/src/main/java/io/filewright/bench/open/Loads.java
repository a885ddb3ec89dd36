package io.filewright.bench.open;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.bench.Arguments;
import io.filewright.bench.CacheState;
import io.filewright.bench.Comparison;
import io.filewright.bench.Contender;
import io.filewright.bench.Entrant;
import io.filewright.bench.FileSet;
import io.filewright.bench.Goal;
import io.filewright.bench.Outcome;
import io.filewright.bench.Program;
import io.filewright.bench.Settings;
import io.filewright.bench.Units;
import io.filewright.bench.kit.Ours;
import io.filewright.bench.kit.Sums;
import io.filewright.bench.kit.Unmapping;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Loads alone, until everything is in memory; the sum of a word a page comes after the clock.
final class Loads {

  private static final String OURS = "ours: open, await Ready, prefault ALL";
  private static final String CAT = "cat FILE > /dev/null";
  private static final String C = "C mmap + populate 2M";

  private static final double COLD_LIMIT = 1.05;
  private static final double HOT_LIMIT = 1.1;
  private static final double HOT_SLACK_NANOS = 300_000;

  private Loads() {}

  static List<Comparison> comparisons(Settings settings) {
    long size = settings.sizeOr(1L << 30);
    return List.of(
        comparison(size, CacheState.WRITTEN, settings)
            .withGoal(new Goal.TimeAtMost(OURS, C, HOT_LIMIT, HOT_SLACK_NANOS)),
        comparison(size, CacheState.READ_IN, settings)
            .withGoal(new Goal.TimeAtMost(OURS, C, HOT_LIMIT, HOT_SLACK_NANOS)),
        comparison(size, CacheState.COLD, settings)
            .withGoal(new Goal.TimeAtMost(OURS, CAT, COLD_LIMIT, 0)));
  }

  private static Comparison comparison(long size, CacheState cache, Settings settings) {
    var entrants =
        List.of(
            Entrant.of(OURS, Program.java(OursLoad.class)),
            Entrant.of(C, Program.c("load.c")),
            Entrant.of(CAT, Program.c("cat.c")),
            Entrant.of("FileChannel.map, load()", Program.java(ChannelLoad.class)));
    return Comparison.of("load " + Units.size(size), cache, FileSet.of(1, size), settings, entrants)
        .withRounds(2, settings.quick() ? 5 : 9, settings);
  }

  /// Open to Ready, as `loadMillis` of the command counts.
  static final class OursLoad implements Contender {
    private final OpenOptions<MmapRegion> options =
        OpenOptions.readOnly().withPrefault(Prefault.ALL);
    private FileRuntime runtime = FileRuntime.shared();
    private Path file = Path.of("");

    @Override
    public void prepare(Arguments arguments) throws Exception {
      runtime = Ours.runtime(arguments);
      file = arguments.file();
    }

    @Override
    public Outcome run() throws Exception {
      long start = System.nanoTime();
      try (var handle = runtime.open(file, options)) {
        MmapRegion region = handle.await();
        long nanos = System.nanoTime() - start;
        return Outcome.of(nanos, 1, region.byteSize(), region.apply(Sums::ofPages));
      }
    }
  }

  /// What the JDK has for it.
  static final class ChannelLoad implements Contender {
    private Arguments arguments = new Arguments(Map.of());

    @Override
    public void prepare(Arguments told) {
      this.arguments = told;
    }

    @Override
    public Outcome run() throws IOException {
      long start = System.nanoTime();
      try (var channel = FileChannel.open(arguments.file());
          var arena = Arena.ofConfined()) {
        MemorySegment segment = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
        segment.load();
        long nanos = System.nanoTime() - start;
        return Outcome.of(nanos, 1, segment.byteSize(), Sums.ofPages(segment));
      }
    }

    @Override
    public void settle() throws InterruptedException {
      Unmapping.await(arguments);
    }
  }
}
