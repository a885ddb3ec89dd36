package io.filewright.cli;

import io.filewright.spi.SymlinkPolicy;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/// Where a file may lie, and how its name may lead to it.
///
/// @param symlinks what to do about symbolic links on the way
/// @param root a directory that the way must not leave, not even for a moment: neither by `..` nor
///   by links. A link to an absolute path leaves it, wherever it points
/// @param sameness whether it may be the same file as another argument, under whatever name
public record Location(SymlinkPolicy symlinks, Optional<Path> root, Sameness sameness) {

  /// Anywhere.
  public static final Location ANYWHERE =
      new Location(SymlinkPolicy.FOLLOW, Optional.empty(), Sameness.ALLOWED);

  /// Whether two arguments may be one file.
  public enum Sameness {
    ALLOWED,
    REFUSED
  }

  public Location {
    Objects.requireNonNull(symlinks, "symlinks");
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(sameness, "sameness");
  }
}
