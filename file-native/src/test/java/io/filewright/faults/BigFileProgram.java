package io.filewright.faults;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.memory.MemoryBudget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/// Loads a file that is larger than the memory the process may have.
///
/// Arguments: the large file, a small one, and how many bytes of copies are allowed.
final class BigFileProgram {

  private static final int MOST = 100_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private BigFileProgram() {}

  public static void main(String[] arguments) throws Exception {
    Path large = Path.of(arguments[0]);
    Path small = Path.of(arguments[1]);
    var journal = new Journal();
    var budget = MemoryBudget.ofBytes(Long.parseLong(arguments[2]));
    var everything = OpenOptions.readOnly().withPrefault(Prefault.ALL);
    try (var runtime = FileRuntime.builder().budget(budget).build()) {
      journal.attempt("large.openSync", () -> load(runtime.openSync(large, everything)));
      journal.attempt(
          "large.open",
          () -> {
            try (var handle = runtime.open(large, everything)) {
              return load(handle.await(PATIENCE));
            }
          });
      var held = new ArrayList<MmapRegion>();
      journal.attempt(
          "small.openSync",
          () -> {
            for (int i = 0; i < MOST; i++) {
              held.add(runtime.openSync(small, OpenOptions.readOnly()));
            }
            return "";
          });
      journal.fact("held", held.size());
      held.forEach(MmapRegion::close);
      journal.leaks(runtime, budget.usedBytes(), List.of(large, small));
    }
  }

  private static String load(MmapRegion region) throws Exception {
    try (region) {
      return region.backing() + " " + region.checksum(new CRC32());
    }
  }
}
