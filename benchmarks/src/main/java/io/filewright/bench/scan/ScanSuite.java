package io.filewright.bench.scan;

import io.filewright.bench.CacheState;
import io.filewright.bench.Comparison;
import io.filewright.bench.Entrant;
import io.filewright.bench.FileSet;
import io.filewright.bench.Goal;
import io.filewright.bench.Program;
import io.filewright.bench.Settings;
import io.filewright.bench.Suite;
import io.filewright.bench.Units;
import java.util.ArrayList;
import java.util.List;

/// How fast one thread goes through a file that is in memory.
public final class ScanSuite implements Suite {

  private static final double PLAIN_LIMIT = 0.97;
  private static final double VECTOR_LIMIT = 0.85;
  private static final double READ_LIMIT = 0.9;

  private static final String APPLY = "ours: apply, plain loop";
  private static final String ACCESS = "ours: access, plain loop";
  private static final String SEGMENT = "FileChannel.map, plain loop";
  private static final String VECTOR_APPLY = "ours: apply, Vector API";
  private static final String VECTOR_ACCESS = "ours: access, Vector API";
  private static final String C_MAP = "C mmap, AVX-512 if there";
  private static final String VECTOR_READ = "ours: read 256K, Vector API";
  private static final String C_READ = "C pread 256K";

  @Override
  public String name() {
    return "scan";
  }

  @Override
  public String description() {
    return "one thread through a hot file: plain loop, Vector API, guarded reads, lines, search,"
        + " CRC";
  }

  @Override
  public List<Comparison> comparisons(Settings settings) {
    long size = settings.sizeOr(settings.quick() ? 256L << 20 : 1L << 30);
    var comparisons = new ArrayList<Comparison>();
    for (CacheState cache : List.of(CacheState.WRITTEN, CacheState.READ_IN)) {
      comparisons.add(
          comparison("words", size, cache, settings, plain())
              .withGoal(new Goal.SpeedAtLeast(APPLY, SEGMENT, PLAIN_LIMIT))
              .withGoal(new Goal.SpeedAtLeast(ACCESS, SEGMENT, PLAIN_LIMIT)));
      comparisons.add(
          comparison("words, vectors", size, cache, settings, vectors())
              .withGoal(new Goal.SpeedAtLeast(VECTOR_APPLY, C_MAP, VECTOR_LIMIT))
              .withGoal(new Goal.SpeedAtLeast(VECTOR_ACCESS, C_MAP, VECTOR_LIMIT)));
      comparisons.add(
          comparison("words, reads", size, cache, settings, reads())
              .withGoal(new Goal.SpeedAtLeast(VECTOR_READ, C_READ, READ_LIMIT)));
    }
    comparisons.add(comparison("bytes", size, CacheState.READ_IN, settings, bytes()));
    comparisons.add(comparison("checksum", size, CacheState.READ_IN, settings, checksums()));
    comparisons.add(comparison("search", size, CacheState.READ_IN, settings, searches()));
    comparisons.add(
        comparison("lines", size, CacheState.READ_IN, settings, lines())
            .withRounds(2, settings.quick() ? 3 : 5, settings));
    return comparisons;
  }

  private static Comparison comparison(
      String what, long size, CacheState cache, Settings settings, List<Entrant> entrants) {
    return Comparison.of(
            "scan %s of %s".formatted(what, Units.size(size)),
            cache,
            FileSet.of(1, size),
            settings,
            entrants)
        .withRounds(4, settings.quick() ? 7 : 15, settings);
  }

  private static List<Entrant> plain() {
    return List.of(
        Entrant.of(APPLY, Program.java(OursScans.Apply.class)),
        Entrant.of(ACCESS, Program.java(OursScans.Lease.class)),
        Entrant.of(SEGMENT, Program.java(JdkScans.Segment.class)),
        Entrant.of("FileChannel.map, MappedByteBuffer", Program.java(JdkScans.Buffer.class)),
        Entrant.of("ours: read 256K, plain loop", Program.java(OursScans.Read.class)),
        Entrant.of("FileChannel.read 256K, plain loop", Program.java(JdkScans.Read.class)),
        Entrant.of(C_MAP, Program.c("scan.c")).with("mode", "map"));
  }

  private static List<Entrant> vectors() {
    return List.of(
        Entrant.of(VECTOR_APPLY, Program.java(VectorScans.Apply.class, VectorScans.FLAGS)),
        Entrant.of(VECTOR_ACCESS, Program.java(VectorScans.Lease.class, VectorScans.FLAGS)),
        Entrant.of(
            "FileChannel.map, Vector API",
            Program.java(VectorScans.Segment.class, VectorScans.FLAGS)),
        Entrant.of(C_MAP, Program.c("scan.c")).with("mode", "map"));
  }

  private static List<Entrant> reads() {
    return List.of(
        Entrant.of(VECTOR_READ, Program.java(VectorScans.Read.class, VectorScans.FLAGS)),
        Entrant.of("ours: read 256K, plain loop", Program.java(OursScans.Read.class)),
        Entrant.of(
            "FileChannel.read 256K, Vector API",
            Program.java(VectorScans.ChannelRead.class, VectorScans.FLAGS)),
        Entrant.of(C_READ, Program.c("scan.c")).with("mode", "read"));
  }

  private static List<Entrant> bytes() {
    return List.of(
        Entrant.of("ours: apply", Program.java(OursScans.ApplyBytes.class)),
        Entrant.of("FileChannel.map", Program.java(JdkScans.SegmentBytes.class)),
        Entrant.of("C mmap", Program.c("scan.c")).with("mode", "bytes"));
  }

  private static List<Entrant> checksums() {
    return List.of(
        Entrant.of("ours: checksum(CRC32C)", Program.java(OursScans.Checksums.class)),
        Entrant.of("FileChannel.read 256K, CRC32C", Program.java(JdkScans.Checksums.class)));
  }

  private static List<Entrant> searches() {
    return List.of(
        Entrant.of("ours: indexOf", Program.java(OursScans.IndexOf.class)),
        Entrant.of("FileChannel.map, loop", Program.java(JdkScans.IndexOf.class)),
        Entrant.of("C memmem", Program.c("scan.c")).with("mode", "search"));
  }

  private static List<Entrant> lines() {
    return List.of(
        Entrant.of("ours: lines", Program.java(OursScans.Lines.class)),
        Entrant.of("Files.lines", Program.java(JdkScans.Lines.class)),
        Entrant.of("BufferedReader.readLine", Program.java(JdkScans.Reader.class)));
  }
}
