package io.filewright.spi;

import java.nio.file.Path;
import java.util.Optional;

/// A file to open.
///
/// @param path the file
/// @param intent what it is opened for
/// @param symlinks what to do about symbolic links
/// @param beneath a directory which the path, taken relative to it, must not leave by any means
public record OpenRequest(
    Path path, OpenIntent intent, SymlinkPolicy symlinks, Optional<Path> beneath) {

  /// A file to read, wherever links lead.
  public static OpenRequest forReading(Path path) {
    return new OpenRequest(path, OpenIntent.READ, SymlinkPolicy.FOLLOW, Optional.empty());
  }
}
