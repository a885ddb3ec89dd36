package io.filewright.internal.blocks;

import io.filewright.error.FileException;

/// Where blocks get memory from.
@FunctionalInterface
public interface Buffers {

  /// Page-aligned memory of at least so many bytes, the caller's own until it is closed, once.
  /// Never waits: a pass has reserved what it needs before it began.
  ///
  /// @throws io.filewright.error.MemoryLimitExceeded if it is more than that, and the budget has
  ///   not enough left
  Buffer take(long byteSize) throws FileException;
}
