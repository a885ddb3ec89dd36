package io.filewright.cli;

import java.nio.file.AccessMode;
import java.util.Objects;
import java.util.Set;

/// What has to be there, and what this process may do with it.
///
/// @param existence whether it has to be there
/// @param kinds what it may be
/// @param access what this process must be allowed to do; for a file that is not there yet, WRITE
///   means to create it
/// @param overwriting whether it may be there already
public record Target(
    Existence existence, Set<FileKind> kinds, Set<AccessMode> access, Overwriting overwriting) {

  /// Whether it has to be there.
  public enum Existence {
    REQUIRED,
    OPTIONAL
  }

  /// Whether what is there may be replaced.
  public enum Overwriting {
    ALLOWED,
    REFUSED
  }

  public Target {
    Objects.requireNonNull(existence, "existence");
    Objects.requireNonNull(overwriting, "overwriting");
    kinds = Set.copyOf(kinds);
    access = Set.copyOf(access);
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("no kind of file would do");
    }
  }
}
