package io.filewright.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.faults.Outcome.Kind;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that are larger than the process' memory: mapped they do no harm, and copies are refused
/// before the kernel kills the process.
@Tag("faults-root")
class CgroupFaultsTest {

  private static final long MEMORY_BYTES = 96L << 20;
  private static final long FILE_BYTES = 512L << 20;
  private static final long BUDGET_BYTES = 4L << 20;

  @TempDir Path folder;
  private Path large;
  private Path small;

  /// Nobody has read the holes of a sparse file, so its pages are charged to the child.
  @BeforeEach
  void writeFiles() throws Exception {
    large = folder.toRealPath().resolve("large");
    small = Content.write(folder.toRealPath().resolve("small"), SmallFileOperations.BYTES);
    try (var sparse = new RandomAccessFile(large.toFile(), "rw")) {
      sparse.setLength(FILE_BYTES);
    }
  }

  @Test
  void loadsAFileLargerThanItsMemory() throws Exception {
    try (var group = MemoryGroup.create("loadsAFileLargerThanItsMemory", MEMORY_BYTES)) {
      Child child = run(group.command(List.of()));

      for (var operation : List.of("large.openSync", "large.open")) {
        assertThat(child.last(operation).text()).as("%s", child).startsWith("MAPPED ");
      }
      assertThat(child.last("small.openSync").type()).isEqualTo("MemoryLimitExceeded");
      assertThat(child.number("held")).isEqualTo(BUDGET_BYTES / SmallFileOperations.BYTES);
      assertThat(group.mostBytes()).isBetween(MEMORY_BYTES * 9 / 10, MEMORY_BYTES);
    }
  }

  /// A file system that cannot map leaves only a copy.
  @Test
  void refusesACopyLargerThanTheBudget() throws Exception {
    Needs.tool("refusesACopyLargerThanTheBudget", "strace");
    var strace = new Strace(folder.resolve("strace.txt"), "mmap", "error=ENODEV", List.of(large));
    try (var group = MemoryGroup.create("refusesACopyLargerThanTheBudget", MEMORY_BYTES)) {
      Child child = run(group.command(strace.command()));

      assertThat(strace.injected()).isPositive();
      for (var operation : List.of("large.openSync", "large.open")) {
        assertThat(child.last(operation).type()).isEqualTo("MemoryLimitExceeded");
        assertThat(child.last(operation).text()).contains(FILE_BYTES + " are needed");
      }
    }
  }

  private Child run(List<String> wrapper) throws Exception {
    Child child =
        Child.Launch.of(BigFileProgram.class)
            .wrappedBy(wrapper)
            .with("-XX:TieredStopAtLevel=1", "-Xmx24m")
            .atMost(90)
            .run(folder, large, small, BUDGET_BYTES);

    assertThat(child.exitCode()).as("exit code of %s", child).isZero();
    assertThat(child.outcomes(Kind.ALIEN)).isEmpty();
    BadPages.holdsNothing(child);
    return child;
  }
}
