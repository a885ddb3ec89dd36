package io.filewright.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.filewright.bounds.ScanProcess.Figures;
import io.filewright.bounds.ScanProcess.Way;
import io.filewright.stream.StreamEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A file four times as large as the container's memory.
@Tag("faults-root")
class SmallContainerTest {

  private static final Path GROUPS = Path.of("/sys/fs/cgroup/memory");
  private static final long MIB = 1L << 20;
  private static final long CONTAINER = 128 * MIB;
  private static final long BUDGET = 16 * MIB;

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(
      value = StreamEngine.class,
      names = {"READ", "MAPPED"})
  void scansWithoutBeingKilled(StreamEngine engine) throws Exception {
    assumeTrue(
        Files.isWritable(GROUPS.resolve("memory.limit_in_bytes")),
        "needs root and a memory control group of version 1");
    Path group = GROUPS.resolve("filewright-scan-" + ProcessHandle.current().pid());
    Files.createDirectory(group);
    try {
      Files.writeString(group.resolve("memory.limit_in_bytes"), Long.toString(CONTAINER));
      var inside = "echo $BASHPID > " + group.resolve("cgroup.procs") + "; exec \"$@\"";
      Figures figures =
          new ScanProcess(directory, List.of("-Xmx32m"), BUDGET)
              .scan(List.of("bash", "-c", inside, "bash"), 4 * CONTAINER, new Way(engine, 2, MIB));
      System.out.println(engine + ": " + figures);
      assertThat(figures.budgetBytes()).isLessThanOrEqualTo(BUDGET);
      assertThat(figures.anonymousBytes()).isLessThan(CONTAINER);
    } finally {
      remove(group);
    }
  }

  /// A process that has just ended may still count as inside for a moment.
  private static void remove(Path group) throws Exception {
    for (int attempt = 1; Files.exists(group); attempt++) {
      try {
        Files.delete(group);
      } catch (java.io.IOException e) {
        if (attempt == 100) {
          throw e;
        }
        Thread.sleep(20);
      }
    }
  }
}
