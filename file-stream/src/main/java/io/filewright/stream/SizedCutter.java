package io.filewright.stream;

import io.filewright.error.DataException;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.internal.blocks.Block;
import java.nio.file.Path;

/// Records of one size: where they begin is arithmetic.
///
/// @param path for messages
record SizedCutter(Path path, long recordBytes) implements CellCutter {

  @Override
  public long readFrom(Grid grid, long cell) {
    return Math.min(grid.end(), firstRecord(grid, cell));
  }

  @Override
  public long readTo(Grid grid, long cell, long extra) {
    return Math.min(grid.end(), firstRecord(grid, cell + 1));
  }

  @Override
  public long firstGrowth() {
    return 0;
  }

  @Override
  public Cut cut(Grid grid, long cell, Block block) throws FileException {
    long byteOffset = block.byteOffset();
    long size = block.byteSize();
    long rest = size % recordBytes;
    if (rest != 0) {
      throw incomplete(path, byteOffset + size - rest, rest, recordBytes);
    }
    return size == 0 ? new Cut.Nothing() : new Cut.Whole(byteOffset, byteOffset + size);
  }

  private long firstRecord(Grid grid, long cell) {
    return grid.origin() + Math.ceilDiv(cell * grid.cellBytes(), recordBytes) * recordBytes;
  }

  static DataException incomplete(Path path, long from, long rest, long recordBytes) {
    return new DataException(
        FailureDetails.of(
                path,
                "next",
                "the last record has " + rest + " of " + recordBytes + " bytes",
                "Check the record size, and whether the file was written to its end")
            .withOffset(from),
        null);
  }
}
