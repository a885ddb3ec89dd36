package io.filewright.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.faults.Outcome.Kind;
import io.filewright.faults.Versioned.Finding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each system call of a writer fails once, or from then on: the failure is typed, the file has the
/// old content or the new one, and nothing is left.
@Tag("faults")
class ReplaceFaultsTest {

  /// Enough for several writes.
  private static final int BYTES = 600_000;

  private static final long OLD = 1;

  @TempDir static Path root;
  private static Path folder;
  private static ReplaceChild child;
  private static long version = OLD;

  /// A line of `replace-cells.txt`.
  record ReplaceCell(
      String operation,
      String call,
      String errno,
      String when,
      String failure,
      String content,
      int left) {

    static ReplaceCell parse(String line) {
      String[] parts = line.split("\\s+", -1);
      return new ReplaceCell(
          parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], Integer.parseInt(parts[6]));
    }

    @Override
    public String toString() {
      return String.join(" ", operation, call, errno, when);
    }
  }

  static Stream<ReplaceCell> cells() throws IOException {
    var resource =
        Objects.requireNonNull(
            ReplaceFaultsTest.class.getResourceAsStream("/faults/replace-cells.txt"));
    try (var reader = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(ReplaceCell::parse)
          .toList()
          .stream();
    }
  }

  @BeforeAll
  static void startChild() throws Exception {
    folder = Files.createDirectory(root.toRealPath().resolve("folder"));
    child = ReplaceChild.start(folder, BYTES, "replace");
  }

  @AfterAll
  static void endChild() {
    child.close();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void failsTypedAndKeepsTheFile(ReplaceCell cell) throws Exception {
    assertThat(child.run("replace", OLD).kind()).isEqualTo(Kind.OK);
    long before = child.descriptors();
    version++;
    Outcome outcome;
    var strace =
        AttachedStrace.attach(
            cell.toString(),
            child.pid(),
            cell.call(),
            "error=" + cell.errno() + ":when=" + cell.when(),
            root.resolve("strace.txt"));
    try (strace) {
      outcome = child.run(cell.operation(), version);
    }

    assertThat(strace.injected()).as("injected faults of %s", cell).isPositive();
    failsAsExpected(cell, outcome);
    assertThat(temporaries()).as("left by %s", cell).hasSize(cell.left());
    Path target =
        folder.resolve(cell.operation().equals("create") ? "created" + version : "replaced");
    switch (cell.content()) {
      case "old" ->
          assertThat(target).as("%s", cell).hasBinaryContent(Versioned.content(OLD, BYTES));
      case "new" ->
          assertThat(Versioned.look(target, version)).as("%s", cell).isEqualTo(Finding.GOOD);
      default -> assertThat(target).as("%s", cell).doesNotExist();
    }
    assertThat(child.descriptors())
        .as("descriptors after %s", cell)
        .isEqualTo(before + unclosed(cell, strace));
    for (Path left : temporaries()) {
      Files.delete(left);
    }
  }

  private static void failsAsExpected(ReplaceCell cell, Outcome outcome) {
    if (cell.failure().equals("-")) {
      assertThat(outcome.kind()).as("%s: %s", cell, outcome).isEqualTo(Kind.OK);
      return;
    }
    assertThat(outcome.kind()).as("%s: %s", cell, outcome).isEqualTo(Kind.FAILED);
    assertThat(outcome.type()).as("%s: %s", cell, outcome).isEqualTo(cell.failure());
    assertThat(outcome.path()).startsWith(folder.toString());
    assertThat(outcome.text()).startsWith("[" + outcome.path() + "] ").endsWith(".");
    if (cell.call().equals("fsync") && cell.content().equals("new")) {
      assertThat(outcome.text())
          .contains("syncDirectory: the new content is in place, but may not survive a power cut");
    }
  }

  /// A close that was made to fail never reached the kernel. And the JDK, which holds a directory
  /// by two descriptors while it lists it, forgets the second one if the close of the first fails.
  private static long unclosed(ReplaceCell cell, AttachedStrace strace) throws IOException {
    return cell.call().equals("close")
        ? strace.injected() + (cell.when().startsWith("1") ? 1 : 0)
        : 0;
  }

  private static List<Path> temporaries() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".filewright")).toList();
    }
  }
}
