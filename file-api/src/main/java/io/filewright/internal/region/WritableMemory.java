package io.filewright.internal.region;

import io.filewright.error.FileException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletionStage;

/// Memory that is written as well.
public interface WritableMemory extends RegionMemory {

  /// Writes the source to the region.
  ///
  /// @param source memory of any kind, accessible by this thread
  void write(long byteOffset, MemorySegment source) throws FileException;

  /// The same without blocking the caller.
  ///
  /// @param source memory that other threads may access, alive until the stage completes
  CompletionStage<Void> writeAsync(long byteOffset, MemorySegment source);

  /// Called before raw memory is written: takes what that needs, or refuses.
  void claim(long from, long to) throws FileException;
}
