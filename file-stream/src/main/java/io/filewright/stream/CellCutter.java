package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.internal.blocks.Block;

/// Finds the records that begin in a cell. Stateless but for what it learns about their length.
interface CellCutter {

  /// Where to begin reading for a cell.
  long readFrom(Grid grid, long cell);

  /// Where to stop reading for a cell.
  ///
  /// @param extra bytes behind the cell that are wanted because those before did not do; 0 at first
  long readTo(Grid grid, long cell, long extra);

  /// How many bytes to add at first when a record goes on.
  long firstGrowth();

  /// Looks at what was read.
  Cut cut(Grid grid, long cell, Block block) throws FileException;

  /// What was found; offsets are the file's.
  sealed interface Cut {

    /// No record begins in the cell.
    record Nothing() implements Cut {}

    /// All records that begin in the cell.
    record Whole(long from, long to) implements Cut {}

    /// The last record goes on behind what was read.
    ///
    /// @param from where it begins
    record Unfinished(long from) implements Cut {}
  }
}
