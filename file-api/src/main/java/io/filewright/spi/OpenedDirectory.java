package io.filewright.spi;

import io.filewright.error.FileException;
import java.nio.file.Path;

/// A directory that is held open, so that files can be made in this one, whatever its name means by
/// then. Safe for any threads.
public interface OpenedDirectory extends AutoCloseable {

  /// A path that leads to this very directory until it is closed, for the calling process only.
  /// Names are resolved against it; its own name, and what is above it, do not matter.
  Path path();

  /// Lets go of it. Idempotent.
  @Override
  void close() throws FileException;
}
