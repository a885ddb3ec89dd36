package io.filewright.stream;

import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.MemoryLimitExceeded;
import io.filewright.error.TooLarge;
import io.filewright.internal.blocks.Block;
import io.filewright.scan.ByteScan;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// Records that end with a byte. A record begins in a cell if the byte before it, in the cell or
/// just before, is a delimiter; so reading begins one byte early and goes on a little behind the
/// cell, where the end of its last record is expected.
final class DelimitedCutter implements CellCutter {

  /// What is read behind a cell at first: most lines end within it.
  static final int FIRST_EXTRA = 4096;

  private final Path path;
  private final byte delimiter;
  private final long maxRecordBytes;

  /// What did lately; wrong values only cost a second read.
  private volatile long usualExtra = FIRST_EXTRA;

  /// @param path for messages
  DelimitedCutter(Path path, byte delimiter, long maxRecordBytes) {
    this.path = path;
    this.delimiter = delimiter;
    this.maxRecordBytes = maxRecordBytes;
  }

  @Override
  public long readFrom(Grid grid, long cell) {
    return cell == 0 ? grid.origin() : grid.cellStart(cell) - 1;
  }

  @Override
  public long readTo(Grid grid, long cell, long extra) {
    if (extra > FIRST_EXTRA) {
      usualExtra = Math.min(extra, ChunkSource.SLACK_BYTES / 2);
    }
    return Math.min(grid.end(), grid.cellEnd(cell) + Math.max(extra, usualExtra));
  }

  @Override
  public long firstGrowth() {
    return 4 * usualExtra;
  }

  @Override
  public Cut cut(Grid grid, long cell, Block block) throws FileException {
    return block.inspect(memory -> cut(grid, cell, memory, block.byteOffset()));
  }

  private Cut cut(Grid grid, long cell, MemorySegment memory, long byteOffset) throws TooLarge {
    long cellEnd = grid.cellEnd(cell);
    long size = memory.byteSize();
    long start = cell == 0 ? 0 : ByteScan.indexOf(memory, delimiter, 0, size) + 1;
    if ((cell > 0 && start == 0) || byteOffset + start >= cellEnd) {
      return new Cut.Nothing();
    }
    long lastByte = cellEnd - 1 - byteOffset;
    long end = ByteScan.indexOf(memory, delimiter, lastByte, size) + 1;
    long contentEnd = end > 0 ? end - 1 : size;
    if (contentEnd - start > maxRecordBytes) {
      checkLast(memory.asSlice(start, contentEnd - start), byteOffset + start, cellEnd);
    }
    return end > 0 || byteOffset + size == grid.end()
        ? new Cut.Whole(byteOffset + start, byteOffset + (end > 0 ? end : size))
        : new Cut.Unfinished(
            byteOffset + Math.max(start, ByteScan.lastIndexOf(memory, delimiter, 0, lastByte) + 1));
  }

  /// Looks at the length of the record that holds the cell's last byte, with what is known of it.
  private void checkLast(MemorySegment records, long byteOffset, long cellEnd) throws TooLarge {
    long before = ByteScan.lastIndexOf(records, delimiter, 0, cellEnd - 1 - byteOffset);
    if (records.byteSize() - (before + 1) > maxRecordBytes) {
      throw tooLong(path, byteOffset + before + 1, maxRecordBytes);
    }
  }

  /// A record that is longer than a chunk takes memory beside that of the pass.
  static MemoryLimitExceeded noRoom(Path path, long from, MemoryLimitExceeded e) {
    return e.with(
        FailureDetails.of(
                path,
                "next",
                e.details().cause() + " for the record that begins here",
                "Check the delimiter, or allow a larger budget or fewer workers")
            .withOffset(from));
  }

  static TooLarge tooLong(Path path, long from, long maxRecordBytes) {
    return new TooLarge(
        FailureDetails.of(
                path,
                "next",
                "the record that begins here is longer than the "
                    + maxRecordBytes
                    + " bytes that are allowed",
                "Check the delimiter, or allow longer records (withMaxRecordSize)")
            .withOffset(from));
  }
}
