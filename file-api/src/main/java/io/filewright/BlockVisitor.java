package io.filewright;

import io.filewright.error.FileException;
import java.lang.foreign.MemorySegment;

/// Looks at a region block by block, see [MmapRegion#forEachBlock].
@FunctionalInterface
public interface BlockVisitor {

  /// Called for each block in order.
  ///
  /// @param block native, read-only memory of at most 256 KiB, valid only during the call
  /// @param byteOffset where the block begins in the region
  /// @return whether to go on
  boolean visit(MemorySegment block, long byteOffset) throws FileException;
}
