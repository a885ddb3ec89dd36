package io.filewright.stream;

/// Works on a batch.
///
/// @param <B> the batch, which is only valid during the call if it is a [Chunk]
/// @param <R> what comes of it
@FunctionalInterface
public interface BatchFunction<B, R> {

  /// Called once for each batch, on any worker's thread.
  ///
  /// It may be interrupted, when the run is closed. An interrupt status that it leaves set is
  /// cleared by a worker before its next batch; with one worker, which is the caller's thread, it
  /// is the caller's, who gets an `InterruptedException` instead of the next result and may ask
  /// again.
  ///
  /// @return not null
  R apply(B batch) throws Exception;
}
