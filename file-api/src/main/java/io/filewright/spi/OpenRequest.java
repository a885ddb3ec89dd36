package io.filewright.spi;

import java.nio.file.Path;
import java.util.Optional;

/// A file to open for reading.
///
/// @param path the file
/// @param symlinks what to do about symbolic links
/// @param beneath a directory which the path, taken relative to it, must not leave by any means
public record OpenRequest(Path path, SymlinkPolicy symlinks, Optional<Path> beneath) {}
