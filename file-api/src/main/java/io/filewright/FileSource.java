package io.filewright;

import io.filewright.error.FileException;
import io.filewright.spi.OpenedFile;
import java.nio.file.Path;

/// A file that has been opened and checked elsewhere, to be loaded by
/// [AsyncFiles#open(FileSource)]: that very file, whatever its path means by then.
public interface FileSource extends AutoCloseable {

  /// The path, for messages.
  Path path();

  /// Hands the descriptor over: from then on its receiver closes it, and [#close] does nothing.
  ///
  /// @throws IllegalStateException if it was handed over or closed before
  OpenedFile take() throws FileException;

  /// Closes the descriptor unless it was handed over; idempotent.
  @Override
  void close();
}
