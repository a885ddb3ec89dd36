package io.filewright.internal.atomic;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// How often a process looks for stale temporaries in a directory: the more entries it has, the
/// less often, so that listing them takes about a hundredth of the time at most.
final class SweepPace {

  /// Directories beyond that are forgotten, and listed again.
  private static final int MAX_DIRECTORIES = 256;

  /// A hundred times what an entry takes.
  private static final long NANOS_PER_ENTRY = 100_000;

  /// A hundred times what it takes to open and close an empty directory.
  private static final long NANOS_PER_SWEEP = 5_000_000;

  private static final Map<Path, Long> NEXT_SWEEPS = new LinkedHashMap<>();

  private SweepPace() {}

  static boolean isDue(Path directory) {
    synchronized (NEXT_SWEEPS) {
      Long next = NEXT_SWEEPS.get(directory);
      return next == null || System.nanoTime() - next >= 0;
    }
  }

  static void swept(Path directory, int entries) {
    synchronized (NEXT_SWEEPS) {
      var _ =
          NEXT_SWEEPS.put(
              directory, System.nanoTime() + NANOS_PER_SWEEP + entries * NANOS_PER_ENTRY);
      if (NEXT_SWEEPS.size() > MAX_DIRECTORIES) {
        var eldest = NEXT_SWEEPS.keySet().iterator();
        var _ = eldest.next();
        eldest.remove();
      }
    }
  }
}
