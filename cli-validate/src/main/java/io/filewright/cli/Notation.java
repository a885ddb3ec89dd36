package io.filewright.cli;

import java.util.Objects;

/// What a value may be besides the name of a file.
///
/// @param dash what `-` means
/// @param patterns what `*`, `?`, `[` and `{` mean
public record Notation(Dash dash, Patterns patterns) {

  /// Nothing else.
  public static final Notation NAMES_ONLY = new Notation(Dash.A_NAME, Patterns.NAMES);

  /// What `-` means. `./-` is always a file.
  public enum Dash {
    /// A file of that name.
    A_NAME,
    /// Standard input, or standard output for an output.
    STANDARD_STREAM
  }

  /// What `*`, `?`, `[...]` and `{a,b}` mean.
  public enum Patterns {
    /// Characters of a name.
    NAMES,
    /// A value with one of them stands for all files that match, in alphabetical order, unless
    /// there is a file of exactly that name.
    EXPANDED
  }

  public Notation {
    Objects.requireNonNull(dash, "dash");
    Objects.requireNonNull(patterns, "patterns");
  }
}
