package io.filewright.bench.leak;

import io.filewright.bench.CacheState;
import io.filewright.bench.Comparison;
import io.filewright.bench.Entrant;
import io.filewright.bench.FileSet;
import io.filewright.bench.Goal;
import io.filewright.bench.Program;
import io.filewright.bench.Settings;
import io.filewright.bench.Suite;
import java.util.List;

/// What a million cycles of open, read, close leave behind.
public final class LeakSuite implements Suite {

  private static final int CYCLES = 1_000_000;
  private static final int QUICK_CYCLES = 50_000;

  private static final double DESCRIPTORS = 0;
  private static final double MAPPINGS = 16;
  private static final double RSS_ANON_MIB = 8;

  @Override
  public String name() {
    return "leak";
  }

  @Override
  public String description() {
    return "descriptors, mappings and anonymous memory before and after 1,000,000 cycles";
  }

  @Override
  public List<Comparison> comparisons(Settings settings) {
    int cycles = settings.quick() ? QUICK_CYCLES : CYCLES;
    var entrants =
        List.of(
            cycle("ours: openSync ALL, apply", LeakContender.Way.MAPPED),
            cycle("ours: openSync, read", LeakContender.Way.DEFAULT),
            cycle("ours: open, await, read", LeakContender.Way.AWAITED));
    var comparison =
        Comparison.of(
                "%,d cycles of open, read, close".formatted(cycles),
                CacheState.WRITTEN,
                FileSet.of(1, settings.sizeOr(4 << 10)),
                settings,
                entrants)
            .with("cycles", cycles)
            .withRounds(0, 1, settings);
    for (Entrant entrant : entrants) {
      comparison =
          comparison
              .withGoal(new Goal.MetricWithin(entrant.name(), "+descriptors", DESCRIPTORS))
              .withGoal(new Goal.MetricWithin(entrant.name(), "+mappings", MAPPINGS))
              .withGoal(new Goal.MetricWithin(entrant.name(), "+RssAnon MiB", RSS_ANON_MIB));
    }
    return List.of(comparison);
  }

  /// The heap is small and touched beforehand: what grows is not the heap.
  private static Entrant cycle(String name, LeakContender.Way way) {
    var program =
        Program.java(
            LeakContender.class, "-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");
    return Entrant.of(name, program).with("way", way);
  }
}
