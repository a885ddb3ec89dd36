package io.filewright.bench.stream;

import io.filewright.bench.CacheState;
import io.filewright.bench.Comparison;
import io.filewright.bench.Entrant;
import io.filewright.bench.FileSet;
import io.filewright.bench.Goal;
import io.filewright.bench.Program;
import io.filewright.bench.Settings;
import io.filewright.bench.Suite;
import io.filewright.bench.Units;
import io.filewright.bench.kit.FilePass;
import java.util.ArrayList;
import java.util.List;

/// A large file once from end to end, in chunks: hot and cold, by one thread and two; and a large
/// file written.
public final class StreamSuite implements Suite {

  private static final String[] VECTORS = {"--add-modules=jdk.incubator.vector"};
  private static final List<Integer> CHUNKS = List.of(256 << 10, 512 << 10, 1 << 20);

  private static final double HOT_LIMIT = 1.0;
  private static final double C_LIMIT = 0.5;
  private static final double C_VECTOR_LIMIT = 0.9;
  private static final double SPEED_UP_LIMIT = 0.9;
  private static final double COLD_LIMIT = 0.95;
  private static final double STREAMED_LIMIT = 1.1;
  private static final double SINK_LIMIT = 1.0;

  /// A JVM compiles what has run some hundred times.
  private static final int SMALL_WARM_UPS = 300;

  /// Of smaller files, what it takes to open one would be most of the figures for each MB.
  private static final long LEAST_METERED_BYTES = 64L << 20;

  private static final double HEAP_LIMIT = 1000;
  private static final double CALLS_LIMIT = 8;

  /// What a scan may hold whose file does not fit into memory.
  private static final int BUDGET_MIB = 16;

  private static final String OURS = "ours: READ 256 KiB";
  private static final String OURS_TWO = OURS + ", 2 workers";
  private static final String OURS_MAPPED = "ours: MAPPED 256 KiB";
  private static final String OURS_DIRECT = "ours: DIRECT 1 MiB";
  private static final String CHANNEL = "FileChannel.read 256K, words";
  private static final String MAPPED = "MappedByteBuffer, words";
  private static final String C = "C pread 256K, byte loop";
  private static final String C_TWO = C + ", 2 threads";
  private static final String FIO = "fio psync 1M direct depth 1";
  private static final String STREAMED = "ours: streamed";
  private static final String DIRECT = "ours: directly";
  private static final String SINK = "ours: ChunkSink";
  private static final String SYNCED_AT_END = "AtomicFile, synced at the end";

  @Override
  public String name() {
    return "stream";
  }

  @Override
  public String description() {
    return "a large file in chunks: line feeds counted hot and cold, by 1 and 2 workers; a large"
        + " file written";
  }

  @Override
  public List<Comparison> comparisons(Settings settings) {
    long size = settings.sizeOr(settings.quick() ? 512L << 20 : 4L << 30);
    return List.of(
        hot("words", size, settings, words())
            .withGoal(new Goal.SpeedAtLeast(OURS, CHANNEL, HOT_LIMIT))
            .withGoal(new Goal.SpeedAtLeast(OURS, MAPPED, HOT_LIMIT))
            .withGoal(new Goal.SpeedAtLeast(OURS_MAPPED, MAPPED, HOT_LIMIT))
            .withGoal(new Goal.SpeedAtLeast(OURS, C, C_LIMIT))
            .withGoal(new Goal.MetricWithin(OURS, "reads/MB", CALLS_LIMIT))
            .withGoal(new Goal.MetricWithin(OURS, "heap B/MB", HEAP_LIMIT)),
        hot("vectors", size, settings, vectors())
            .withGoal(new Goal.SpeedAtLeast(OURS, CHANNEL, HOT_LIMIT))
            .withGoal(new Goal.SpeedAtLeast(OURS, MAPPED, HOT_LIMIT))
            .withGoal(new Goal.SpeedAtLeast(OURS_MAPPED, MAPPED, HOT_LIMIT))
            .withGoal(new Goal.SpeedAtLeast(OURS, C, C_VECTOR_LIMIT)),
        hot("two workers", size, settings, twoWorkers())
            .withGoal(new Goal.SpeedUpAtLeast(OURS_TWO, OURS, C_TWO, C, SPEED_UP_LIMIT)),
        engines("words", settings, OursCounts.Words.class),
        engines("vectors", settings, OursCounts.Vectors.class, VECTORS),
        small(settings, 192L << 10),
        small(settings, 16L << 20),
        cold(size, settings),
        confined(size, settings),
        written(settings));
  }

  private static Comparison hot(String what, long size, Settings settings, List<Entrant> entrants) {
    return Comparison.of(
            "line feeds of %s, %s".formatted(Units.size(size), what),
            CacheState.READ_IN,
            FileSet.of(1, size),
            settings,
            entrants)
        .with("metered", size >= LEAST_METERED_BYTES)
        .withRounds(2, settings.quick() ? 5 : 7, settings);
  }

  private static List<Entrant> words() {
    return List.of(
        Entrant.of(OURS, Program.java(OursCounts.Words.class)),
        Entrant.of(OURS_MAPPED, Program.java(OursCounts.Words.class)).with("how", "MAPPED"),
        Entrant.of(CHANNEL, Program.java(JdkCounts.ReadWords.class)),
        Entrant.of(MAPPED, Program.java(JdkCounts.MappedWords.class)),
        Entrant.of("FileChannel.read 256K, bytes", Program.java(JdkCounts.ReadBytes.class)),
        Entrant.of("MappedByteBuffer, bytes", Program.java(JdkCounts.MappedBytes.class)),
        Entrant.of(C, Program.c("stream.c")));
  }

  private static List<Entrant> vectors() {
    return List.of(
        Entrant.of(OURS, Program.java(OursCounts.Vectors.class, VECTORS)),
        Entrant.of(OURS_MAPPED, Program.java(OursCounts.Vectors.class, VECTORS))
            .with("how", "MAPPED"),
        Entrant.of(CHANNEL, Program.java(JdkCounts.ReadVectors.class, VECTORS)),
        Entrant.of(MAPPED, Program.java(JdkCounts.MappedVectors.class, VECTORS)),
        Entrant.of(C, Program.c("stream.c")));
  }

  /// Ours against ours: each engine with chunks of three sizes.
  private static Comparison engines(
      String what, Settings settings, Class<? extends OursCounts.Base> type, String... flags) {
    long size = settings.sizeOr(settings.quick() ? 256L << 20 : 1L << 30);
    var entrants = new ArrayList<Entrant>();
    for (String how : List.of("READ", "MAPPED", "IO_URING")) {
      for (int chunk : CHUNKS) {
        entrants.add(ours(how, chunk, Program.java(type, flags)));
      }
    }
    return hot("engines, " + what, size, settings, entrants);
  }

  private static Entrant ours(String how, int chunk, Program program) {
    return Entrant.of("ours: %s %s".formatted(how, Units.size(chunk)), program)
        .with("how", how)
        .with("chunk", chunk);
  }

  private static List<Entrant> twoWorkers() {
    Program words = Program.java(OursCounts.Words.class);
    Program vectors = Program.java(OursCounts.Vectors.class, VECTORS);
    return List.of(
        Entrant.of(OURS_TWO, words).with("workers", 2),
        Entrant.of(OURS, words),
        Entrant.of("ours: vectors, 2 workers", vectors).with("workers", 2),
        Entrant.of("ours: vectors", vectors),
        Entrant.of(C_TWO, Program.c("stream.c")).with("threads", 2),
        Entrant.of(C, Program.c("stream.c")));
  }

  /// What it costs to stream a file that could as well be read as a whole.
  private static Comparison small(Settings settings, long size) {
    Program words = Program.java(OursCounts.Words.class);
    var entrants =
        List.of(
            Entrant.of(STREAMED, words).with("mode", "STREAM"),
            Entrant.of(DIRECT, words).with("mode", "DIRECT"));
    return Comparison.of(
            "line feeds of " + Units.size(size),
            CacheState.READ_IN,
            FileSet.of(1, size),
            settings,
            entrants)
        .withRounds(SMALL_WARM_UPS, settings.quick() ? 51 : 201, settings)
        .withGoal(new Goal.TimeAtMost(STREAMED, DIRECT, STREAMED_LIMIT, 0));
  }

  /// Nothing of the file is in memory when a round begins.
  private static Comparison cold(long size, Settings settings) {
    Program words = Program.java(OursCounts.Words.class);
    int large = 1 << 20;
    var entrants =
        List.of(
            ours("READ", 256 << 10, words),
            ours("READ", large, words),
            ours("MAPPED", large, words),
            ours("IO_URING", large, words),
            ours("DIRECT", 256 << 10, words),
            ours("DIRECT", large, words),
            Entrant.of(CHANNEL, Program.java(JdkCounts.ReadWords.class)),
            Entrant.of(C, Program.c("stream.c")),
            Entrant.of(FIO, Program.java(Fio.class)));
    return Comparison.of(
            "line feeds of " + Units.size(size),
            CacheState.COLD,
            FileSet.of(1, size),
            settings,
            entrants)
        .with("metered", size >= LEAST_METERED_BYTES)
        .withRounds(1, 3, settings)
        .withGoal(new Goal.SpeedAtLeast(OURS, FIO, COLD_LIMIT))
        .withGoal(new Goal.SpeedAtLeast(OURS_DIRECT, FIO, COLD_LIMIT));
  }

  /// Cold, and twice as large as the memory that there is for the page cache and the process.
  private static Comparison confined(long size, Settings settings) {
    Program words = Program.java(OursCounts.Words.class);
    int large = 1 << 20;
    var entrants =
        List.of(
            ours("READ", 256 << 10, words),
            ours("MAPPED", large, words),
            ours("DIRECT", large, words),
            Entrant.of(CHANNEL, Program.java(JdkCounts.ReadWords.class)),
            Entrant.of(FIO, Program.java(Fio.class)));
    return Comparison.of(
            "line feeds of %s in half as much memory".formatted(Units.size(size)),
            CacheState.COLD,
            FileSet.of(1, size),
            settings,
            entrants)
        .with("memory", size / 2)
        .with("budget", BUDGET_MIB << 20)
        .withRounds(1, 3, settings)
        .withGoal(new Goal.SpeedAtLeast(OURS, FIO, COLD_LIMIT))
        .withGoal(new Goal.SpeedAtLeast(OURS_DIRECT, FIO, COLD_LIMIT))
        .withGoal(new Goal.MetricWithin(OURS, FilePass.GROWN, BUDGET_MIB))
        .withGoal(new Goal.MetricWithin(OURS_DIRECT, FilePass.GROWN, BUDGET_MIB));
  }

  private static Comparison written(Settings settings) {
    long size = settings.quick() ? 256L << 20 : 1L << 30;
    var entrants =
        List.of(
            Entrant.of(SINK, Program.java(SinkWrites.Behind.class)),
            Entrant.of(SYNCED_AT_END, Program.java(SinkWrites.AtTheEnd.class)));
    return Comparison.of(
            "replacement by " + Units.size(size),
            CacheState.NONE,
            FileSet.EMPTY,
            settings,
            entrants)
        .with("size", size)
        .withRounds(1, settings.quick() ? 3 : 7, settings)
        .withGoal(new Goal.SpeedAtLeast(SINK, SYNCED_AT_END, SINK_LIMIT));
  }
}
