package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.internal.blocks.Descriptors;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.MemorySegment;

/// A file read from a place to its end, wherever that is by then.
final class FileFeed implements ByteFeed {

  private final OpenedFile file;
  private final long to;
  private long at;

  /// @param to where to stop, in bytes, if the file is longer
  FileFeed(OpenedFile file, long from, long to) {
    this.file = file;
    this.at = from;
    this.to = to;
  }

  @Override
  public int read(MemorySegment target) throws FileException {
    int count = file.read(at, target.asSlice(0, Math.min(target.byteSize(), to - at)));
    at += count;
    return count;
  }

  @Override
  public void close() {
    Descriptors.close(file);
  }
}
