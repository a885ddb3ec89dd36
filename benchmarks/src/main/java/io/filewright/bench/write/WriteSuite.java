package io.filewright.bench.write;

import io.filewright.bench.CacheState;
import io.filewright.bench.Comparison;
import io.filewright.bench.Entrant;
import io.filewright.bench.FileSet;
import io.filewright.bench.Goal;
import io.filewright.bench.Program;
import io.filewright.bench.Settings;
import io.filewright.bench.Suite;
import io.filewright.bench.Units;
import java.util.List;

/// Writing a new file from beginning to end, forcing a part of one, and replacing one.
public final class WriteSuite implements Suite {

  private static final double SEQUENTIAL_LIMIT = 0.9;
  private static final double CALL_LIMIT = 1.1;
  private static final long PIECE = 1L << 20;
  private static final int FORCED_PIECES = 64;

  /// A round is few replacements, and a JVM compiles what has run some hundred times.
  private static final int REPLACE_WARM_UPS = 60;

  private static final String WRITE = "ours: WritableRegion.write 256K, force";
  private static final String UPDATE = "ours: WritableRegion.update, force";
  private static final String C_MAP = "C fallocate, mmap, memcpy, msync";
  private static final String FORCE = "ours: WritableRegion.force";
  private static final String C_MSYNC = "C msync";
  private static final String REPLACE = "ours: AtomicFile.replace";
  private static final String C_REPLACE = "C open, write, fsync, rename, fsync of the directory";

  @Override
  public String name() {
    return "write";
  }

  @Override
  public String description() {
    return "a new file from beginning to end, force of a part, an atomic replacement";
  }

  @Override
  public List<Comparison> comparisons(Settings settings) {
    return List.of(sequential(settings), force(settings), replace(settings));
  }

  private static Comparison sequential(Settings settings) {
    long size = settings.sizeOr(settings.quick() ? 256L << 20 : 1L << 30);
    var entrants =
        List.of(
            Entrant.of(WRITE, Program.java(OursWrites.Write.class)),
            Entrant.of(UPDATE, Program.java(OursWrites.Update.class)),
            Entrant.of("FileChannel.write 256K, force", Program.java(JdkWrites.Write.class)),
            Entrant.of("FileChannel.map, copy, force", Program.java(JdkWrites.Map.class)),
            Entrant.of(C_MAP, Program.c("write.c")).with("mode", "map"),
            Entrant.of("C fallocate, pwrite 256K, fsync", Program.c("write.c"))
                .with("mode", "pwrite"));
    return Comparison.of(
            "new file of " + Units.size(size), CacheState.NONE, FileSet.EMPTY, settings, entrants)
        .with("size", size)
        .withRounds(1, settings.quick() ? 3 : 7, settings)
        .withGoal(new Goal.SpeedAtLeast(WRITE, C_MAP, SEQUENTIAL_LIMIT));
  }

  private static Comparison force(Settings settings) {
    var entrants =
        List.of(
            Entrant.of(FORCE, Program.java(OursWrites.Force.class)),
            Entrant.of("MappedByteBuffer.force", Program.java(JdkWrites.Force.class)),
            Entrant.of(C_MSYNC, Program.c("write.c")).with("mode", "msync"));
    return Comparison.of(
            "force of 1 MiB in a file of 64 MiB",
            CacheState.NONE,
            FileSet.EMPTY,
            settings,
            entrants)
        .with("size", FORCED_PIECES * PIECE)
        .withRounds(2, settings.quick() ? 5 : 11, settings)
        .withGoal(new Goal.TimeAtMost(FORCE, C_MSYNC, CALL_LIMIT, 0));
  }

  private static Comparison replace(Settings settings) {
    var entrants =
        List.of(
            Entrant.of(REPLACE, Program.java(Replacing.class)),
            Entrant.of(C_REPLACE, Program.c("write.c")).with("mode", "replace"));
    return Comparison.of(
            "atomic replacement by 1 MiB", CacheState.NONE, FileSet.EMPTY, settings, entrants)
        .with("size", PIECE)
        .withRounds(REPLACE_WARM_UPS, settings.quick() ? 11 : 21, settings)
        .withGoal(new Goal.TimeAtMost(REPLACE, C_REPLACE, CALL_LIMIT, 0));
  }
}
