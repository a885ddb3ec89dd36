package io.filewright.command;

import java.nio.file.Path;
import java.util.Optional;

/// A value that is to be checked: whatever it is, it is no mistake of usage.
///
/// @param value as it was given
/// @param path with the bytes of a name that is not UTF-8
record CheckedArgument(String value, Optional<Path> path) {

  /// Takes any value; one that has lost bytes is looked up.
  static CheckedArgument of(String value, PathArgument raw) {
    return new CheckedArgument(
        value, RawArguments.isDamaged(value) ? Optional.of(raw.convert(value)) : Optional.empty());
  }
}
