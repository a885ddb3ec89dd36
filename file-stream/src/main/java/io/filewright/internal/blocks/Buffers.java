package io.filewright.internal.blocks;

import io.filewright.error.FileException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Where blocks get memory from.
@FunctionalInterface
public interface Buffers {

  /// Page-aligned memory of at least so many bytes. Never waits: a pass has reserved what it needs
  /// before it began.
  ///
  /// @throws io.filewright.error.MemoryLimitExceeded if it is more than that, and the budget has
  ///   not enough left
  Buffer take(long byteSize) throws FileException;

  /// Memory of one's own until it is closed, once.
  interface Buffer extends AutoCloseable {

    /// The memory, in the arena's scope.
    MemorySegment segment(Arena arena);

    /// The memory without a scope of its own: for who does not close this meanwhile, and hands it
    /// to nobody.
    MemorySegment memory();

    @Override
    void close();
  }
}
