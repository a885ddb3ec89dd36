package io.filewright.stream;

import io.filewright.error.FileException;
import java.lang.foreign.MemorySegment;

/// Bytes that come one after the other and only once: a pipe, a socket, a file in `/proc`.
interface ByteFeed extends AutoCloseable {

  /// Reads at least one byte, at most as many as fit; may wait.
  ///
  /// @return how many; 0 at the end
  int read(MemorySegment target) throws FileException;

  @Override
  void close();
}
