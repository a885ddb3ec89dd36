package io.filewright.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.FileRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// What this process holds of the files in a folder: by the system's word where it has `/proc`, and
/// by the runtime's.
record Held(
    long descriptors, long mappings, long regions, long copiedBytes, long reserved, long files) {

  static Held now(FileRuntime runtime, Path folder) throws IOException {
    var stats = runtime.stats();
    var budget = runtime.budget().stats();
    try (Stream<Path> files = Files.list(folder)) {
      return new Held(
          descriptors(folder),
          mappings(folder),
          stats.activeRegions(),
          stats.copiedBytes(),
          budget.reservations() - budget.releases(),
          files.count());
    }
  }

  /// Waits until nothing more is held than there was, for what is let go of on other threads.
  void awaitAgain(FileRuntime runtime, Path folder) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!now(runtime, folder).equals(this) && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    assertThat(now(runtime, folder)).isEqualTo(this);
  }

  private static long descriptors(Path folder) throws IOException {
    Path own = Path.of("/proc/self/fd");
    if (!Files.exists(own)) {
      return 0;
    }
    List<Path> all;
    try (Stream<Path> list = Files.list(own)) {
      all = list.toList();
    }
    long count = 0;
    for (Path descriptor : all) {
      try {
        if (Files.readSymbolicLink(descriptor).startsWith(folder)) {
          count++;
        }
      } catch (IOException _) {
        // closed since it was listed
      }
    }
    return count;
  }

  private static long mappings(Path folder) throws IOException {
    Path own = Path.of("/proc/self/maps");
    if (!Files.exists(own)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(own)) {
      return lines.filter(line -> line.contains(folder.toString())).count();
    }
  }
}
