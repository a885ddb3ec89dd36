package io.filewright.cli;

import io.filewright.error.FailureDetails;
import java.nio.file.Path;

/// How names appear in messages.
final class Names {

  /// Longer names are shown without their middle; who has such a name knows it by its ends.
  private static final int LONGEST_SHOWN = 320;

  private Names() {}

  static String printable(String name) {
    if (name.length() <= LONGEST_SHOWN) {
      return FailureDetails.printable(name);
    }
    String head = name.substring(0, LONGEST_SHOWN / 2);
    String tail = name.substring(name.length() - LONGEST_SHOWN / 4);
    return FailureDetails.printable(head) + " ... " + FailureDetails.printable(tail);
  }

  static String printable(Path path) {
    return printable(path.toString());
  }

  /// Between quotation marks, so that one sees where it begins and ends.
  static String quoted(String name) {
    return '"' + printable(name) + '"';
  }

  static String quoted(Path path) {
    return '"' + printable(path) + '"';
  }
}
