package io.filewright.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.faults.Outcome.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// System calls that fail, by strace: whatever the kernel answers, the caller gets a typed failure
/// or a result, and nothing is held afterwards.
@Tag("faults")
class StraceFaultsTest {

  /// More than there are threads whose first call can fail for one operation.
  private static final int RETRIES = 8;

  @TempDir static Path files;
  private static Path small;
  private static Path large;

  @TempDir Path folder;

  @BeforeAll
  static void writeFiles() throws IOException {
    small = Content.write(files.toRealPath().resolve("small"), SmallFileOperations.BYTES);
    large = Content.write(files.toRealPath().resolve("large"), LargeFileOperations.BYTES);
  }

  static Stream<Cell> cells() throws IOException {
    return Cell.all();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void staysTypedAndHoldsNothing(Cell cell) throws Exception {
    Child child = run(cell);

    assertThat(child.outcomes(Kind.ALIEN)).isEmpty();
    assertThat(child.outcomes(Kind.FAILED)).allSatisfy(outcome -> failsAsExpected(cell, outcome));
    assertThat(child.outcomes(Kind.FAILED).isEmpty()).isEqualTo(!cell.fails());
    if (cell.mode() == Cell.Mode.FIRST) {
      assertThat(child.last().values()).allMatch(outcome -> outcome.kind() == Kind.OK);
    }
    holdsNothing(child, cell.call().equals("close"));
  }

  /// Such a kernel is too old for the native engine, and the portable one takes over.
  @Test
  void takesThePortableEngineWhereMadviseCannotPopulate() throws Exception {
    Child child = run(new Cell("madvise", "EINVAL", Cell.Mode.ALWAYS, Cell.NONE));

    assertThat(child.text("engine")).isEqualTo("portable");
    assertThat(child.outcomes(Kind.ALIEN)).isEmpty();
    assertThat(child.last("large.lock").type()).isEqualTo("Unsupported");
    assertThat(child.last("large.prefetch").type()).isEqualTo("DeviceFailed");
    assertThat(child.last("large.checksum").kind()).isEqualTo(Kind.OK);
    holdsNothing(child, false);
  }

  @Test
  void copiesWhatCannotBeMapped() throws Exception {
    Child child = run(new Cell("mmap", "ENODEV", Cell.Mode.ALWAYS, Cell.NONE));

    assertThat(child.last("large.openSync.none").text()).isEqualTo("COPIED");
    assertThat(child.last("large.open.all").text()).isEqualTo("COPIED");
    assertThat(child.outcomes(Kind.ALIEN)).isEmpty();
    assertThat(child.outcomes(Kind.FAILED))
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.operation()).isEqualTo("large.lock");
              assertThat(outcome.type()).isEqualTo("Unsupported");
            });
    holdsNothing(child, false);
  }

  private Child run(Cell cell) throws IOException, InterruptedException {
    Needs.tool(cell.toString(), "strace");
    var paths = cell.namesFile() ? List.of(small, large) : List.<Path>of();
    var strace = new Strace(folder.resolve("strace.txt"), cell.calls(), cell.fault(), paths);
    int attempts = cell.mode() == Cell.Mode.FIRST ? RETRIES : 1;

    Child child =
        Child.Launch.of(FaultProgram.class)
            .wrappedBy(strace.command())
            .run(folder, small, large, attempts);

    assertThat(child.exitCode()).as("exit code of %s", child).isZero();
    assertThat(child.text("end")).isEqualTo("reached");
    assertThat(strace.injected()).as("injected faults").isPositive();
    return child;
  }

  private static void failsAsExpected(Cell cell, Outcome outcome) {
    assertThat(outcome.type()).isEqualTo(cell.failure());
    assertThat(outcome.errno()).isEqualTo(cell.errno());
    assertThat(outcome.path()).isIn(small.toString(), large.toString());
    assertThat(outcome.text()).startsWith("[" + outcome.path() + "] ").endsWith(".");
  }

  /// A close that was made to fail never reached the kernel, so its descriptor stays; it has to be
  /// counted and logged.
  private static void holdsNothing(Child child, boolean closeFails) {
    long failedCloses = child.number("failedCloses");
    assertThat(failedCloses > 0).as("failed closes of %s", child).isEqualTo(closeFails);
    assertThat(child.number("descriptors")).as("%s", child).isEqualTo(failedCloses);
    assertThat(child.errors().contains("could not be released")).isEqualTo(closeFails);
    for (var held : List.of("activeRegions", "mappedBytes", "copiedBytes", "openDescriptors")) {
      assertThat(child.number(held)).as("%s of %s", held, child).isZero();
    }
    for (var held : List.of("leakedRegions", "reservedBytes", "mappings")) {
      assertThat(child.number(held)).as("%s of %s", held, child).isZero();
    }
  }
}
