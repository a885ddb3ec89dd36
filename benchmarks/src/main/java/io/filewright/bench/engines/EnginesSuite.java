package io.filewright.bench.engines;

import io.filewright.bench.CacheState;
import io.filewright.bench.Comparison;
import io.filewright.bench.Entrant;
import io.filewright.bench.FileSet;
import io.filewright.bench.Goal;
import io.filewright.bench.Program;
import io.filewright.bench.Settings;
import io.filewright.bench.Suite;
import java.util.List;
import java.util.stream.Stream;

/// Many small files from the page cache and large ones from the disk, by each engine.
public final class EnginesSuite implements Suite {

  private static final String POPULATE = "populate";
  private static final String URING = "io_uring";
  private static final double LIMIT = 1.0;

  @Override
  public String name() {
    return "engines";
  }

  @Override
  public String description() {
    return "small hot files and large cold ones by each engine, 64 in flight; threads held";
  }

  @Override
  public List<Comparison> comparisons(Settings settings) {
    int hot = settings.quick() ? 2_000 : 10_000;
    int cold = settings.quick() ? 20 : 100;
    return List.of(
        comparison("%,d files of 4 KiB", CacheState.READ_IN, FileSet.of(hot, 4 << 10), settings)
            .withRounds(6, settings.quick() ? 7 : 15, settings),
        comparison("%,d files of 10 MiB", CacheState.READ_IN, FileSet.of(cold, 10 << 20), settings)
            .withRounds(2, settings.quick() ? 5 : 9, settings),
        comparison("%,d files of 10 MiB", CacheState.COLD, FileSet.of(cold, 10 << 20), settings)
            .withRounds(1, settings.quick() ? 3 : 7, settings));
  }

  private static Comparison comparison(
      String title, CacheState cache, FileSet files, Settings settings) {
    var entrants =
        Stream.of(POPULATE, URING, "epoll", "portable")
            .map(engine -> Entrant.of(engine, Program.java(InFlight.class)).with("engine", engine))
            .toList();
    return Comparison.of(title.formatted(files.count()), cache, files, settings, entrants)
        .withGoal(new Goal.SpeedAtLeast(URING, POPULATE, LIMIT))
        .withGoal(new Goal.MetricWithin(URING, InFlight.THREADS, 0));
  }
}
