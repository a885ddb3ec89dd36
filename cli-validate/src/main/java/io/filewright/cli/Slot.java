package io.filewright.cli;

import java.util.Optional;

/// A place on a command line that a [FileStager] knows.
///
/// @param name of an option as it is written, such as `--input`; of a position, for messages
/// @param shape how many values it takes, and from where
/// @param need whether there has to be one
/// @param validator the rules for its values; empty if they are no files
record Slot(String name, Shape shape, Need need, Optional<PathValidator> validator) {

  enum Shape {
    /// An option without a value.
    FLAG,
    /// An option with a value, given any number of times.
    OPTION,
    /// One argument.
    POSITION,
    /// All arguments that are left.
    REST
  }

  enum Need {
    OPTIONAL,
    REQUIRED
  }
}
