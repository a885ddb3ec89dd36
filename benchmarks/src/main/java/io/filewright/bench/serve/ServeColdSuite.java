package io.filewright.bench.serve;

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

/// More files than the servers' memory has room for, asked for at random by wrk on the same cores,
/// while each event loop ticks every millisecond.
public final class ServeColdSuite implements Suite {

  private static final int FILES = 10_000;
  private static final int QUICK_FILES = 1_000;
  private static final long FILE_BYTES = 1L << 20;
  private static final long MEMORY_BYTES = 512L << 20;
  private static final long QUICK_MEMORY_BYTES = 256L << 20;

  /// That of a virtual machine, rather than one that a host keeps in its memory.
  private static final long SLOW_DISK = 200_000_000;

  /// For 10,000 ticks on two loops that are busy.
  private static final int ROUND_SECONDS = 9;

  /// These fit, beside a JVM.
  private static final int HOT_FILES = 64;

  /// Enough for each loop to have many that are ready at the same time.
  private static final int CONNECTIONS = 64;

  private static final double LIMIT_MILLIS = 15;
  private static final double LIMIT_FACTOR = 2;
  private static final double CONTROL_MILLIS = 100;

  /// A JVM that leaves room for the page cache.
  private static final String HEAP = "-Xmx96m";

  private static final String OURS = "ours: does not fit";
  private static final String HOT = "ours: fits";
  private static final String CONTROL = "control: Netty, mapped";

  @Override
  public String name() {
    return "serve-cold";
  }

  @Override
  public String description() {
    return "stalls of a server's event loops while files come from the disk; wrk asks (needs root,"
        + " wrk)";
  }

  @Override
  public List<Comparison> comparisons(Settings settings) {
    return List.of(
        comparison("the disk as it is", 0, settings),
        comparison("a disk of 200 MB/s", SLOW_DISK, settings)
            .withGoal(new Goal.ControlAtLeast(CONTROL, Ticks.P99_9, CONTROL_MILLIS)));
  }

  private static Comparison comparison(String disk, long diskBytesPerSecond, Settings settings) {
    int files = settings.quick() ? QUICK_FILES : FILES;
    long memory = settings.quick() ? QUICK_MEMORY_BYTES : MEMORY_BYTES;
    long size = settings.sizeOr(FILE_BYTES);
    Program ours = Program.java(ConfinedServers.Ours.class, HEAP);
    Program netty = Program.java(ConfinedServers.Netty.class, HEAP);
    var entrants =
        List.of(
            Entrant.of(OURS, ours).with("asked", files),
            Entrant.of(HOT, ours).with("asked", HOT_FILES),
            Entrant.of("ours, io_uring: does not fit", ours)
                .with("asked", files)
                .with("transport", "IO_URING"),
            Entrant.of(CONTROL, netty).with("asked", files).with("way", "MAPPED"),
            Entrant.of("Netty, DefaultFileRegion", netty)
                .with("asked", files)
                .with("way", "REGION"));
    return Comparison.of(
            "%d files of %s in a memory group of %s, %s"
                .formatted(files, Units.size(size), Units.size(memory), disk),
            CacheState.COLD,
            FileSet.of(files, size),
            settings,
            entrants)
        .with("memory", memory)
        .with("disk", diskBytesPerSecond)
        .with("connections", CONNECTIONS)
        .with("seconds", ROUND_SECONDS)
        .withRounds(0, settings.quick() ? 1 : 2, settings)
        .withGoal(new Goal.MetricAtMost(OURS, Ticks.P99_9, LIMIT_MILLIS, HOT, LIMIT_FACTOR));
  }
}
