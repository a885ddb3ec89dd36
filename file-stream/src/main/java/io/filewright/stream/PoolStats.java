package io.filewright.stream;

/// The figures of a [BufferPool] at one moment.
///
/// @param buffers that exist, each of the pool's buffer size
/// @param idle of them that nobody has
/// @param reservedBytes of the budget that they take, with what is lost to alignment
public record PoolStats(int buffers, int idle, long reservedBytes) {

  /// How much of the pool is in use: 0 to 1; 1 for an empty one.
  public double fill() {
    return buffers == 0 ? 1 : (double) (buffers - idle) / buffers;
  }
}
