package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.internal.blocks.Descriptors;
import io.filewright.internal.region.Faults;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.MemorySegment;

/// A part of a file, read from its first byte to its last.
final class FileFeed implements ByteFeed {

  private final OpenedFile file;
  private final long to;
  private final End end;
  private long at;

  private enum End {
    /// Where the file said when it was opened: it must not come before.
    KNOWN,
    /// Where no more bytes come.
    FOUND
  }

  private FileFeed(OpenedFile file, long from, long to, End end) {
    this.file = file;
    this.at = from;
    this.to = to;
    this.end = end;
  }

  /// Bytes that the file had when it was opened.
  static FileFeed of(OpenedFile file, long from, long to) {
    return new FileFeed(file, from, to, End.KNOWN);
  }

  /// Bytes of a file that does not tell its size.
  ///
  /// @param to where to stop, if it has more
  static FileFeed ofUnknownSize(OpenedFile file, long from, long to) {
    return new FileFeed(file, from, to, End.FOUND);
  }

  @Override
  public int read(MemorySegment target) throws FileException {
    if (at == to) {
      return 0;
    }
    int count = file.read(at, target.asSlice(0, Math.min(target.byteSize(), to - at)));
    if (end == End.KNOWN) {
      verify(count);
    }
    at += count;
    return count;
  }

  /// Asks the size once more after a read: one that was under way while the file became shorter may
  /// have handed out zeros.
  private void verify(int count) throws FileException {
    long now = file.size();
    if (count == 0 || now < at + count) {
      throw Faults.truncated(file.path(), "read", at, to, now, null);
    }
  }

  @Override
  public void close() {
    Descriptors.close(file);
  }
}
