package io.filewright.internal.region;

import io.filewright.error.FileException;
import java.lang.foreign.MemorySegment;

/// Cuts memory that may be looked at directly into blocks, so that every visitor sees the same
/// sizes whatever is under the region.
final class Blocks {

  private Blocks() {}

  static void visit(MemorySegment memory, long from, long to, RegionMemory.BlockVisitor visitor)
      throws FileException {
    for (long at = from; at < to; ) {
      long size = Math.min(to - at, Scratch.BYTES);
      if (!visitor.visit(memory.asSlice(at, size), at)) {
        return;
      }
      at += size;
    }
  }
}
