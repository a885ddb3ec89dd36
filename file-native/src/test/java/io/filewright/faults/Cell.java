package io.filewright.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/// One way for one system call to fail, and what comes of it: a line of `cells.txt`.
///
/// @param call the system call
/// @param errno what it fails with
/// @param mode how often it fails
/// @param failure the simple name of the exception that operations end with, or [#NONE]
record Cell(String call, String errno, Mode mode, String failure) {

  static final String NONE = "-";

  /// How often a call fails.
  enum Mode {
    /// The first call of each thread.
    FIRST,
    /// All of them.
    ALWAYS
  }

  /// Those of `cells.txt`.
  static Stream<Cell> all() throws IOException {
    var resource = Objects.requireNonNull(Cell.class.getResourceAsStream("/faults/cells.txt"));
    try (var reader = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .flatMap(Cell::parse)
          .toList()
          .stream();
    }
  }

  private static Stream<Cell> parse(String line) {
    String[] parts = line.split("\\s+", -1);
    return Stream.of(parts[2].split(",", -1))
        .map(
            mode ->
                new Cell(
                    parts[0], parts[1], Mode.valueOf(mode.toUpperCase(Locale.ROOT)), parts[3]));
  }

  boolean fails() {
    return !failure.equals(NONE);
  }

  /// In strace's terms. The C library asks for a descriptor's status by either of two calls.
  String calls() {
    return call.equals("fstat") ? "fstat,newfstatat" : call;
  }

  /// In strace's terms.
  String fault() {
    return "error=" + errno + (mode == Mode.FIRST ? ":when=1" : "");
  }

  /// Whether the call names a file, so that only the test's own files need to be hit.
  boolean namesFile() {
    return switch (call) {
      case "madvise", "mincore", "mlock" -> false;
      default -> true;
    };
  }

  @Override
  public String toString() {
    return call + " " + errno + " " + mode.name().toLowerCase(Locale.ROOT);
  }
}
