package io.filewright;

import io.filewright.error.FileException;
import java.lang.foreign.MemorySegment;

/// Works on a region's raw memory, see [MmapRegion#apply].
@FunctionalInterface
public interface SegmentFunction<T> {

  /// Computes something from the bytes.
  ///
  /// @param segment all of the region, read-only, dead once this call has returned (with the engine
  ///   `portable`, once the region's memory goes); must not be kept
  T apply(MemorySegment segment) throws FileException;
}
