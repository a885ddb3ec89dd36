package io.filewright.bench.open;

import io.filewright.bench.CacheState;
import io.filewright.bench.Comparison;
import io.filewright.bench.Entrant;
import io.filewright.bench.FileSet;
import io.filewright.bench.Goal;
import io.filewright.bench.Program;
import io.filewright.bench.Settings;
import io.filewright.bench.Units;
import java.util.ArrayList;
import java.util.List;

/// Costs of the calls themselves, on small files that are in the cache.
final class Calls {

  private static final int PARKED = 500;
  private static final int OPERATIONS = 20_000;
  private static final int QUICK_OPERATIONS = 5_000;

  private static final double PARKED_LIMIT = 1.5;
  private static final double READY_LIMIT = 1.2;
  private static final double OPEN_LIMIT_MICROS = 5;

  private static final String PARKED_OURS = "ours: openSync, read, 500 parked";
  private static final String PARKED_MAP = "FileChannel.map, confined";
  private static final String CALL = "ours: open";
  private static final String READY = "ours: open, await Ready";
  private static final String POOL = "same calls (FFM) on a pool";

  private Calls() {}

  static List<Comparison> comparisons(Settings settings) {
    var comparisons = new ArrayList<Comparison>();
    comparisons.add(parked(settings));
    comparisons.add(openCall(settings));
    for (long size : List.of(4L << 10, 256L << 10, 16L << 20)) {
      comparisons.add(ready(size, settings));
    }
    return comparisons;
  }

  private static Comparison parked(Settings settings) {
    var entrants =
        List.of(
            Entrant.of(PARKED_OURS, Program.java(OursPerFile.Read.class)).with("parked", PARKED),
            Entrant.of("ours: openSync, read", Program.java(OursPerFile.Read.class)),
            Entrant.of(
                    "ours: openSync ALL, apply, 500 parked", Program.java(OursPerFile.Apply.class))
                .with("prefault", "ALL")
                .with("parked", PARKED),
            Entrant.of(PARKED_MAP, Program.java(JdkPerFile.MapSegment.class)),
            Entrant.of("FileChannel.map, shared", Program.java(JdkPerFile.MapShared.class)),
            Entrant.of(
                    "FileChannel.map, shared, 500 parked", Program.java(JdkPerFile.MapShared.class))
                .with("parked", PARKED));
    return small("open, read, close 4 KiB", FileSet.of(1, 4 << 10), settings, entrants)
        .with("repeats", settings.quick() ? QUICK_OPERATIONS : OPERATIONS)
        .withGoal(new Goal.TimeAtMost(PARKED_OURS, PARKED_MAP, PARKED_LIMIT, 0));
  }

  private static Comparison openCall(Settings settings) {
    return small(
            "return from open, 4 KiB",
            FileSet.of(1, 4 << 10),
            settings,
            List.of(Entrant.of(CALL, Program.java(CallContenders.OpenCall.class))))
        .with("repeats", settings.quick() ? QUICK_OPERATIONS : OPERATIONS)
        .withGoal(new Goal.MetricWithin(CALL, "p50 us", OPEN_LIMIT_MICROS))
        .withGoal(new Goal.MetricWithin(CALL, "p99 us", OPEN_LIMIT_MICROS));
  }

  private static Comparison ready(long size, Settings settings) {
    var entrants =
        List.of(
            Entrant.of(READY, Program.java(CallContenders.Ready.class)),
            Entrant.of(POOL, Program.java(CallContenders.CallsOnPool.class)),
            Entrant.of("ours: openSync on a pool", Program.java(CallContenders.SyncOnPool.class)),
            Entrant.of(
                "FileChannel.map, load() on a pool",
                Program.java(CallContenders.ChannelOnPool.class)));
    long operations = Math.min(QUICK_OPERATIONS, (2L << 30) / size);
    return small("open to Ready " + Units.size(size), FileSet.of(1, size), settings, entrants)
        .with("repeats", settings.quick() ? Math.max(1, operations / 4) : operations)
        .withGoal(new Goal.TimeAtMost(READY, POOL, READY_LIMIT, 0));
  }

  private static Comparison small(
      String title, FileSet files, Settings settings, List<Entrant> entrants) {
    return Comparison.of(title, CacheState.READ_IN, files, settings, entrants)
        .withRounds(4, settings.quick() ? 5 : 9, settings);
  }
}
