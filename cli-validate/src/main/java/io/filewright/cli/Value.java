package io.filewright.cli;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// A value as a path.
sealed interface Value {

  /// The name of a file.
  ///
  /// @param claimsDirectory whether it ends in a separator, which a path does not keep
  record Named(Path path, boolean claimsDirectory) implements Value {}

  /// Not the name of any file.
  record Refused(Problem problem) implements Value {}

  static Value parse(Argument argument) {
    String value = argument.value();
    if (value.isEmpty()) {
      return refused("the value is empty", "Name a file");
    }
    if (value.indexOf('\0') >= 0) {
      return refused("a name cannot contain the character NUL", "Check where the value comes from");
    }
    try {
      Path path = argument.path().orElseGet(() -> Path.of(value));
      return new Named(path, endsInSeparator(value));
    } catch (InvalidPathException e) {
      return refused(
          "it is not a path: " + Names.printable(String.valueOf(e.getReason())),
          "Check the characters of the name");
    }
  }

  private static boolean endsInSeparator(String value) {
    char last = value.charAt(value.length() - 1);
    return last == '/' || last == File.separatorChar;
  }

  private static Value refused(String cause, String remedy) {
    return new Refused(new Problem(Rule.PATH, cause, remedy));
  }
}
