package io.filewright.reactor;

import io.filewright.error.FileException;
import io.filewright.stream.Chunk;

/// Computes something from a chunk, see [ReactiveFiles#mapChunks].
///
/// @param <T> what is computed
@FunctionalInterface
public interface ChunkFunction<T> {

  /// Called for one chunk after the other, on a thread of the scheduler.
  ///
  /// @param chunk closed when this returns
  /// @return not null
  T apply(Chunk chunk) throws FileException;
}
