package io.filewright.stream;

import java.lang.foreign.MemorySegment;

/// Records that end with a byte. A record begins in a cell if the byte before it, in the cell or
/// just before, is a delimiter; so reading begins one byte early and goes on a little behind the
/// cell, where the end of its last record is expected.
final class DelimitedCutter implements CellCutter {

  /// What is read behind a cell at first: most lines end within it.
  static final int FIRST_EXTRA = 4096;

  private final byte delimiter;
  private final long maxRecordBytes;

  /// What did lately; wrong values only cost a second read.
  private volatile long usualExtra = FIRST_EXTRA;

  DelimitedCutter(byte delimiter, long maxRecordBytes) {
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
  public long maxRecordBytes() {
    return maxRecordBytes;
  }

  @Override
  public Cut cut(Grid grid, long cell, MemorySegment memory, long byteOffset) {
    long cellEnd = grid.cellEnd(cell);
    long start = cell == 0 ? 0 : ByteScan.indexOf(memory, delimiter, 0, memory.byteSize()) + 1;
    if ((cell > 0 && start == 0) || byteOffset + start >= cellEnd) {
      return new Cut.Nothing();
    }
    long lastByte = cellEnd - 1 - byteOffset;
    long end = ByteScan.indexOf(memory, delimiter, lastByte, memory.byteSize()) + 1;
    if (end > 0) {
      return new Cut.Whole(byteOffset + start, byteOffset + end);
    }
    if (byteOffset + memory.byteSize() == grid.end()) {
      return new Cut.Whole(byteOffset + start, grid.end());
    }
    long before = ByteScan.lastIndexOf(memory, delimiter, start, lastByte);
    return new Cut.Unfinished(byteOffset + (before < 0 ? start : before + 1));
  }
}
