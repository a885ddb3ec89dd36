package io.filewright.internal.region;

import io.filewright.spi.Mapping;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// How raw memory is handed out.
public enum RawView {
  /// To be read.
  READ_ONLY,
  /// To be written as well; the memory was mapped for that.
  WRITABLE;

  /// A range of a mapping's memory, in an arena.
  public MemorySegment of(Mapping mapping, Arena arena, long from, long to) {
    MemorySegment range = mapping.segment(arena).asSlice(from, to - from);
    return this == READ_ONLY && !range.isReadOnly() ? range.asReadOnly() : range;
  }
}
