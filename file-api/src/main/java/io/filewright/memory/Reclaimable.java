package io.filewright.memory;

/// Holds reserved memory that it only keeps for later, such as the idle buffers of a pool.
///
/// Both methods are called from any thread, at any time, and return soon. They wait for no lock
/// under which anybody reserves memory.
public interface Reclaimable {

  /// Bytes that it could let go of at this moment.
  long reclaimableBytes();

  /// Closes reservations of what is kept, so many bytes or a little more.
  ///
  /// @return how many bytes that were; 0 if nothing is idle
  long reclaim(long byteSize);
}
