package io.filewright.stream;

import java.util.ArrayList;
import java.util.List;

/// A part of a file cut into cells of equal size. A chunk is made of the records that begin in a
/// cell, wherever they end: so who reads a cell needs to know nothing of the cells before it, and
/// the chunks are the same however many read, and in which order.
///
/// ```
///   file        origin                                          end
///                 |---cell 0---|---cell 1---|---cell 2---|-cell 3-|
///   records       [aaa][bbbbbbb][cc][ddddddddddddddddddd][ee][ffff]
///   chunks        [----0-------][-----------1-----------][---3----]   none in cell 2
/// ```
///
/// @param origin where the first record begins, in bytes
/// @param end behind the last byte
/// @param cellBytes size of a cell
/// @param firstCell the first one to be read
/// @param lastCell the one behind the last to be read
record Grid(long origin, long end, long cellBytes, long firstCell, long lastCell) {

  static Grid over(long origin, long end, long cellBytes) {
    long cells = Math.ceilDiv(end - origin, cellBytes);
    return new Grid(origin, end, cellBytes, 0, cells);
  }

  long cellStart(long cell) {
    return origin + cell * cellBytes;
  }

  long cellEnd(long cell) {
    return Math.min(end, cellStart(cell) + cellBytes);
  }

  /// Parts of nearly equal size, at most so many, one at least.
  List<Grid> split(int parts) {
    long cells = lastCell - firstCell;
    long count = Math.clamp(cells, 1, parts);
    List<Grid> result = new ArrayList<>();
    for (long part = 0; part < count; part++) {
      result.add(
          new Grid(
              origin,
              end,
              cellBytes,
              firstCell + cells * part / count,
              firstCell + cells * (part + 1) / count));
    }
    return result;
  }
}
