package io.filewright.stream;

import io.filewright.error.FileException;
import java.util.Optional;

/// One pass over a [BatchSource].
///
/// Batches are claimed in order, which is quick, and then made, which may take long: several
/// threads that share a pass do the second at the same time. All methods may be called from any
/// thread.
///
/// @param <B> what is processed at a time
public interface Batches<B> extends AutoCloseable {

  /// The next batch, still to be made; empty at the end. The caller makes or abandons it, once.
  Optional<Claim<B>> claim() throws FileException;

  /// The next batch, made by this thread; empty at the end.
  default Optional<B> next() throws FileException {
    for (var claim = claim(); claim.isPresent(); claim = claim()) {
      Optional<B> batch = claim.get().make();
      if (batch.isPresent()) {
        return batch;
      }
    }
    return Optional.empty();
  }

  /// What a batch is, for progress and messages.
  default BatchPlace place(B batch) {
    return BatchPlace.UNKNOWN;
  }

  /// Takes a batch back that nobody uses any more.
  default void release(B batch) {}

  /// Ends the pass, so that nothing can be claimed any more; idempotent. Batches that were made
  /// stay valid.
  @Override
  void close();

  /// A batch that is the caller's, but does not exist yet.
  ///
  /// @param <B> what is processed at a time
  interface Claim<B> {

    /// Makes it; may wait for the disk.
    ///
    /// @return the batch, or empty if there is nothing in it
    Optional<B> make() throws FileException;

    /// Does not make it.
    void abandon();
  }
}
