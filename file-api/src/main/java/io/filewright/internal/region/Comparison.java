package io.filewright.internal.region;

import io.filewright.error.FileException;
import java.lang.foreign.MemorySegment;

/// Compares two memories that come block by block.
public final class Comparison {

  private final RegionMemory other;
  private final long shift;
  private long found = -1;

  private Comparison(RegionMemory other, long shift) {
    this.other = other;
    this.shift = shift;
  }

  /// The first place in `[from, to)` of one memory at which the other one differs, or -1.
  ///
  /// @param otherFrom what in the other memory stands against `from`
  public static long mismatch(
      RegionMemory one, long from, long to, RegionMemory other, long otherFrom)
      throws FileException {
    var comparison = new Comparison(other, otherFrom - from);
    one.forEachBlock(from, to, comparison::visit);
    return comparison.found;
  }

  private boolean visit(MemorySegment block, long blockOffset) throws FileException {
    long otherOffset = blockOffset + shift;
    other.forEachBlock(
        otherOffset,
        otherOffset + block.byteSize(),
        (others, offset) -> {
          long at = offset - otherOffset;
          long mismatch = others.mismatch(block.asSlice(at, others.byteSize()));
          found = mismatch < 0 ? -1 : blockOffset + at + mismatch;
          return mismatch < 0;
        });
    return found < 0;
  }
}
