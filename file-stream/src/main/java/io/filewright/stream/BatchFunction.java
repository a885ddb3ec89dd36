package io.filewright.stream;

/// Works on a batch.
///
/// @param <B> the batch, which is only valid during the call if it is a [Chunk]
/// @param <R> what comes of it
@FunctionalInterface
public interface BatchFunction<B, R> {

  /// Called once for each batch, on any worker's thread.
  ///
  /// @return not null
  R apply(B batch) throws Exception;
}
