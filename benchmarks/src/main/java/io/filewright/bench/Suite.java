package io.filewright.bench;

import java.util.List;

/// A list of comparisons under one name. To add one, write it and list it in [Suites].
public interface Suite {

  /// As the command line takes it.
  String name();

  /// One line for `--list`.
  String description();

  /// What is compared, in order. Neighbours on the same files share them.
  List<Comparison> comparisons(Settings settings);

  /// A closing view over all results, as lines of text; none by default.
  default List<String> summary(List<Result> results) {
    return List.of();
  }
}
