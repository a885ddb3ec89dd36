package io.filewright.bench.stall;

import io.filewright.bench.CacheState;
import io.filewright.bench.Comparison;
import io.filewright.bench.Entrant;
import io.filewright.bench.FileSet;
import io.filewright.bench.Goal;
import io.filewright.bench.Program;
import io.filewright.bench.Settings;
import io.filewright.bench.Suite;
import io.filewright.bench.Units;
import io.filewright.bench.kit.Ticks;
import java.util.List;

/// Ticks of one millisecond while cold files come in: the gap between two is what everything else
/// on that scheduler has to wait.
public final class StallSuite implements Suite {

  private static final int FILES = 16;
  private static final int TICKS = 10_000;
  private static final int QUICK_TICKS = 3_000;

  private static final double OURS_LIMIT_MILLIS = 15;
  private static final double CONTROL_MILLIS = 100;

  private static final String OURS = "ours: prefault ALL";
  private static final String CONTROL = "control: touches cold pages";

  @Override
  public String name() {
    return "stall";
  }

  @Override
  public String description() {
    return "gaps between 1 ms ticks while cold files load, on a virtual thread and a Netty loop";
  }

  @Override
  public List<Comparison> comparisons(Settings settings) {
    return List.of(
        comparison(
            "virtual thread, parallelism 1",
            Program.java(
                VirtualThreadStall.class,
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1"),
            settings),
        comparison("Netty event loop", Program.java(EventLoopStall.class), settings));
  }

  /// The contenders drop the files themselves, too, between two loads.
  private static Comparison comparison(String where, Program program, Settings settings) {
    long size = settings.sizeOr(64L << 20);
    var entrants =
        List.of(
            Entrant.of(OURS, program).with("work", "ours"),
            Entrant.of(CONTROL, program).with("work", "touch"),
            Entrant.of("nothing loads", program).with("work", "idle"));
    return Comparison.of(
            "ticks of 1 ms on a %s while %d x %s load, dropped by posix_fadvise each time"
                .formatted(where, FILES, Units.size(size)),
            CacheState.COLD,
            FileSet.of(FILES, size),
            settings,
            entrants)
        .with("ticks", settings.quick() ? QUICK_TICKS : TICKS)
        .withRounds(1, settings.quick() ? 1 : 3, settings)
        .withGoal(new Goal.MetricWithin(OURS, Ticks.P99_9, OURS_LIMIT_MILLIS))
        .withGoal(new Goal.ControlAtLeast(CONTROL, "max ms", CONTROL_MILLIS));
  }
}
