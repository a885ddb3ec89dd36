package io.filewright.stream;

/// Adds a batch to a partial result.
///
/// @param <A> the partial result
/// @param <B> the batch, which is only valid during the call if it is a [Chunk]
@FunctionalInterface
public interface BatchFold<A, B> {

  /// Called once for each batch, on any worker's thread.
  ///
  /// @param partial a fresh one, which nobody else sees
  /// @return the one with the batch in it, which may be the same object; not null
  A apply(A partial, B batch) throws Exception;
}
