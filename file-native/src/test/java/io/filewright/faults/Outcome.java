package io.filewright.faults;

import java.util.Optional;

/// What became of one attempt at one operation of a child: a line of its standard output.
///
/// @param operation a name of the program's choice
/// @param kind how it ended
/// @param type the simple name of the exception's class; empty if there was none
/// @param errno the errno's name; empty if none was reported
/// @param path the path that the exception names
/// @param text the exception's message, or what the operation has to say
record Outcome(String operation, Kind kind, String type, String errno, String path, String text) {

  private static final String MARK = "OUTCOME";
  private static final String SEPARATOR = "\t";

  /// How an attempt may end.
  enum Kind {
    /// As if there were no fault.
    OK,
    /// With a `FileException`.
    FAILED,
    /// With anything else, which is a defect.
    ALIEN
  }

  String toLine() {
    return String.join(
        SEPARATOR, MARK, operation, kind.name(), type, errno, path, text.replaceAll("\\s", " "));
  }

  static Optional<Outcome> parse(String line) {
    String[] parts = line.split(SEPARATOR, -1);
    return parts.length == 7 && parts[0].equals(MARK)
        ? Optional.of(
            new Outcome(parts[1], Kind.valueOf(parts[2]), parts[3], parts[4], parts[5], parts[6]))
        : Optional.empty();
  }
}
