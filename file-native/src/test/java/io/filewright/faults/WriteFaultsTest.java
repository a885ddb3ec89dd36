package io.filewright.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.faults.Outcome.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each system call of writable and copy-on-write regions fails once, or from then on: the failure
/// is typed, comes soon, and nothing is held afterwards.
@Tag("faults")
class WriteFaultsTest {

  @TempDir static Path root;
  private static Path folder;
  private static ReplaceChild child;
  private static String atRest;

  /// A line of `write-cells.txt`.
  record WriteCell(String operation, String call, String errno, String when, String failure) {

    static WriteCell parse(String line) {
      String[] parts = line.split("\\s+", -1);
      return new WriteCell(parts[0], parts[1], parts[2], parts[3], parts[4]);
    }

    boolean isPrivate() {
      return operation.equals("private") || operation.equals("commit");
    }

    /// Calls that name no file fail for the whole process.
    Path[] paths() {
      return switch (call) {
        case "madvise", "msync" -> new Path[0];
        default -> new Path[] {folder.resolve("file"), folder.resolve("created")};
      };
    }

    /// In strace's terms. The C library asks for a descriptor's status by either of two calls.
    String calls() {
      return call.equals("fstat") ? "fstat,newfstatat" : call;
    }

    @Override
    public String toString() {
      return String.join(" ", operation, call, errno, when);
    }
  }

  static Stream<WriteCell> cells() throws IOException {
    var resource =
        Objects.requireNonNull(
            WriteFaultsTest.class.getResourceAsStream("/faults/write-cells.txt"));
    try (var reader = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(WriteCell::parse)
          .toList()
          .stream();
    }
  }

  @BeforeAll
  static void startChild() throws Exception {
    folder = Files.createDirectory(root.toRealPath().resolve("folder"));
    child = ReplaceChild.start(WriteProgram.class, folder);
    atRest = child.run("held", 0).text();
    assertThat(atRest).startsWith("regions=0 mapped=0 copied=0 open=0 leaked=0 reserved=0 ");
  }

  @AfterAll
  static void endChild() {
    child.close();
  }

  @ParameterizedTest
  @MethodSource("cells")
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void failsTypedAndHoldsNothing(WriteCell cell) throws Exception {
    assertThat(child.run("reset", 0).kind()).isEqualTo(Kind.OK);
    Outcome outcome;
    var strace =
        AttachedStrace.attach(
            cell.toString(),
            child.pid(),
            cell.calls(),
            "error=" + cell.errno() + ":when=" + cell.when(),
            root.resolve("strace.txt"),
            cell.paths());
    try (strace) {
      outcome = child.run(cell.operation(), 0);
    }

    assertThat(strace.injected()).as("injected faults of %s", cell).isPositive();
    failsAsExpected(cell, outcome);
    assertThat(child.run("held", 0).text()).as("held after %s", cell).isEqualTo(atRest);
  }

  private static void failsAsExpected(WriteCell cell, Outcome outcome) {
    if (cell.failure().equals("-")) {
      assertThat(outcome.kind()).as("%s: %s", cell, outcome).isEqualTo(Kind.OK);
      return;
    }
    assertThat(outcome.kind()).as("%s: %s", cell, outcome).isEqualTo(Kind.FAILED);
    assertThat(outcome.type()).as("%s: %s", cell, outcome).isEqualTo(cell.failure());
    assertThat(outcome.path()).startsWith(folder.toString());
    assertThat(outcome.text()).startsWith("[" + outcome.path() + "] ").endsWith(".");
  }
}
