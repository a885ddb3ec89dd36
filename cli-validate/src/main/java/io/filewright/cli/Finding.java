package io.filewright.cli;

import java.nio.file.Path;

/// What was found under a name.
public sealed interface Finding {

  /// A file, of whatever kind.
  record Found(Path path, FileMetadata metadata) implements Finding {}

  /// Nothing: a name that is free, as far as one may look.
  record Absent(Path path) implements Finding {}

  /// Nobody can tell: the way to it cannot be walked to its end.
  record Unreachable(Path path) implements Finding {}

  /// `-`, where that is allowed: standard input, or standard output for an output.
  record StandardStream() implements Finding {}

  /// The value is the name of no file, ever.
  record NoPath() implements Finding {}
}
