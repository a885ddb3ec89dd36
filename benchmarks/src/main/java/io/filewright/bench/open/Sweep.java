package io.filewright.bench.open;

import io.filewright.bench.CacheState;
import io.filewright.bench.Comparison;
import io.filewright.bench.Entrant;
import io.filewright.bench.FileSet;
import io.filewright.bench.Program;
import io.filewright.bench.Result;
import io.filewright.bench.Settings;
import io.filewright.bench.Table;
import io.filewright.bench.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// Open, sum all bytes, close, for files of 4 KiB to 4 GiB: where mapping overtakes reading.
final class Sweep {

  static final String TITLE = "open, sum, close ";

  private static final String MAPPED = "ours: prefault ALL, apply";
  private static final String READ = "ours: prefault NONE, read 256K";

  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /// What a hot round goes through at least, to be measurable.
  private static final long HOT_BYTES = GIB;

  private static final int MOST_OPERATIONS = 20_000;

  /// What a cold round goes through: many small files, one large one.
  private static final long COLD_BYTES = 64 * MIB;

  private static final int MOST_FILES = 256;

  private Sweep() {}

  static List<Comparison> comparisons(Settings settings) {
    var sizes =
        new ArrayList<>(
            List.of(4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, MIB, 16 * MIB, 256 * MIB, GIB));
    if (!settings.quick()) {
      sizes.add(4 * GIB);
    }
    var comparisons = new ArrayList<Comparison>();
    for (long size : settings.sizesOr(sizes)) {
      for (CacheState cache : List.of(CacheState.WRITTEN, CacheState.READ_IN, CacheState.COLD)) {
        comparisons.add(comparison(size, cache, settings));
      }
    }
    return comparisons;
  }

  private static Comparison comparison(long size, CacheState cache, Settings settings) {
    int count = Math.clamp(COLD_BYTES / size, 1, MOST_FILES);
    long hotBytes = settings.quick() ? HOT_BYTES / 4 : HOT_BYTES;
    long operations = Math.clamp(hotBytes / size, count, MOST_OPERATIONS);
    long repeats = cache == CacheState.COLD ? 1 : operations / count;
    var comparison =
        Comparison.of(
                TITLE + Units.size(size), cache, FileSet.of(count, size), settings, entrants())
            .with("repeats", repeats);
    if (size >= GIB) {
      return comparison.withRounds(1, settings.quick() ? 3 : 5, settings);
    }
    return cache == CacheState.COLD
        ? comparison
        : comparison.withRounds(4, settings.quick() ? 3 : 7, settings);
  }

  private static List<Entrant> entrants() {
    return List.of(
        Entrant.of(MAPPED, Program.java(OursPerFile.Apply.class)).with("prefault", "ALL"),
        Entrant.of(READ, Program.java(OursPerFile.Read.class)).with("prefault", "NONE"),
        Entrant.of("ours: defaults, apply", Program.java(OursPerFile.Apply.class)),
        Entrant.of("ours: defaults, open + await", Program.java(OursPerFile.Await.class)),
        Entrant.of("FileChannel.read 256K", Program.java(JdkPerFile.Read.class)),
        Entrant.of("FileChannel.map, buffer", Program.java(JdkPerFile.MapBuffer.class)),
        Entrant.of("FileChannel.map, confined", Program.java(JdkPerFile.MapSegment.class)),
        Entrant.of("FileChannel.map, shared", Program.java(JdkPerFile.MapShared.class)),
        Entrant.of("AsynchronousFileChannel 4x1M", Program.java(JdkPerFile.Asynchronous.class)),
        Entrant.of("Files.readAllBytes", Program.java(JdkPerFile.ReadAllBytes.class)),
        Entrant.of("Lucene MMapDirectory", Program.java(PeersPerFile.Lucene.class)),
        Entrant.of(
            "Chronicle MappedBytes",
            Program.java(PeersPerFile.Chronicle.class, PeersPerFile.CHRONICLE_FLAGS)),
        Entrant.of(
            "Agrona UnsafeBuffer",
            Program.java(PeersPerFile.Agrona.class, PeersPerFile.AGRONA_FLAGS)),
        Entrant.of("C mmap + populate 2M", Program.c("perfile.c")).with("mode", "map"),
        Entrant.of("C pread 256K", Program.c("perfile.c")).with("mode", "read"));
  }

  /// Mapped against read, ours and C's, over sizes and cache states: a ratio below 1 is where the
  /// mapping wins.
  static List<String> crossover(List<Result> results) {
    var table = new Table(List.of("crossover: time mapped / read", "cache", "ours", "C"));
    int before = table.render().size();
    for (Result result : results) {
      if (result.comparison().title().startsWith(TITLE)) {
        var ours = result.ratio(MAPPED, READ);
        var c = result.ratio("C mmap + populate 2M", "C pread 256K");
        if (ours.isPresent()) {
          String size = result.comparison().title().substring(TITLE.length());
          table.add(List.of(size, result.comparison().cache().label(), text(ours), text(c)));
        }
      }
    }
    var lines = new ArrayList<>(table.render());
    if (lines.size() == before) {
      return List.of();
    }
    lines.addFirst("");
    return lines;
  }

  private static String text(OptionalDouble ratio) {
    return ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "-";
  }
}
