package io.filewright.cli;

import java.util.List;
import java.util.stream.Collectors;

/// All values of one call, in the order of the command line.
///
/// @param paths each value; of a pattern each match
public record ValidationReport(List<CheckedPath> paths) {

  public ValidationReport {
    paths = List.copyOf(paths);
  }

  /// Whether all passed.
  public boolean isOk() {
    return paths.stream().allMatch(CheckedPath::isOk);
  }

  /// Those that did not pass.
  public List<CheckedPath> errors() {
    return paths.stream().filter(path -> !path.isOk()).toList();
  }

  /// All that is wrong, grouped by value; empty if nothing is. Safe to show on a terminal.
  ///
  /// ```
  /// --input: "data.cvs" (/home/ana/data.cvs)
  ///   exists: there is no "data.cvs" in "/home/ana". Did you mean "data.csv"?
  ///   extension: its name does not end in .csv. Name a file that ends so.
  /// ```
  public String text() {
    return errors().stream().map(CheckedPath::text).collect(Collectors.joining("\n"));
  }

  /// All or nothing.
  ///
  /// @throws ValidationFailed with all problems, if there are any
  public ValidationReport orThrow() throws ValidationFailed {
    if (!isOk()) {
      throw ValidationFailed.of(this);
    }
    return this;
  }
}
