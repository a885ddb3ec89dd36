package io.filewright.cli;

import io.filewright.error.FailureDetails;
import java.nio.file.Path;

/// How names appear in messages.
final class Names {

  private Names() {}

  static String printable(String name) {
    return FailureDetails.printable(name);
  }

  static String printable(Path path) {
    return FailureDetails.printable(path);
  }

  /// Between quotation marks, so that one sees where it begins and ends.
  static String quoted(String name) {
    return '"' + printable(name) + '"';
  }

  static String quoted(Path path) {
    return '"' + printable(path) + '"';
  }
}
