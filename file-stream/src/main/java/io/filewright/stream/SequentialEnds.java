package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.scan.ByteScan;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// Where records of each kind end, for one who has all bytes from the first on.
record SequentialEnds(Path path, Records records) implements SequentialChunks.RecordEnds {

  @Override
  public long lastEnd(MemorySegment memory) {
    long size = memory.byteSize();
    return switch (records) {
      case Records.DelimitedBy(byte delimiter) ->
          ByteScan.lastIndexOf(memory, delimiter, 0, size) + 1;
      case Records.OfSize(long recordBytes) -> size - size % recordBytes;
      case Records.EndingWhere(Records.BoundaryFinder finder) -> checked(finder, memory);
    };
  }

  @Override
  public long finalEnd(MemorySegment memory, long byteOffset) throws FileException {
    long size = memory.byteSize();
    if (records instanceof Records.OfSize(long recordBytes) && size % recordBytes != 0) {
      long rest = size % recordBytes;
      throw SizedCutter.incomplete(path, byteOffset + size - rest, rest, recordBytes);
    }
    return size;
  }

  private long checked(Records.BoundaryFinder finder, MemorySegment memory) {
    long end = finder.lastEnd(memory);
    if (end < 0 || end > memory.byteSize()) {
      throw new IllegalStateException(
          "The boundary finder says " + end + " of " + memory.byteSize() + " bytes.");
    }
    return end;
  }
}
