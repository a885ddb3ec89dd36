package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.scan.ByteScan;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Finds the last records of a file from its end.
final class LastRecords {

  private static final int BLOCK_BYTES = 64 << 10;

  private LastRecords() {}

  /// Where the last records begin: so many that are whole, and one behind them that has no end.
  static long offset(OpenedFile file, byte delimiter, long records) throws FileException {
    if (records == Long.MAX_VALUE) {
      return 0;
    }
    long found = -1; // the delimiter before the first one is wanted, too
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment block = arena.allocate(BLOCK_BYTES);
      for (long end = file.size(); end > 0; ) {
        long from = Math.max(0, end - BLOCK_BYTES);
        long to = readFully(file, from, block.asSlice(0, end - from));
        while (to > 0) {
          to = ByteScan.lastIndexOf(block, delimiter, 0, to);
          if (to >= 0 && ++found == records) {
            return from + to + 1;
          }
        }
        end = from;
      }
    }
    return 0;
  }

  /// @return how much there is, which is less if the file has become shorter meanwhile
  private static long readFully(OpenedFile file, long from, MemorySegment target)
      throws FileException {
    long done = 0;
    while (done < target.byteSize()) {
      int count = file.read(from + done, target.asSlice(done));
      if (count == 0) {
        break;
      }
      done += count;
    }
    return done;
  }
}
