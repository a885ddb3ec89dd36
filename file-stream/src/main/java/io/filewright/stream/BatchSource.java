package io.filewright.stream;

import io.filewright.error.FileException;

/// Something that can be processed batch by batch: a file's chunks, an iterator's elements.
///
/// @param <B> what is processed at a time
public interface BatchSource<B> {

  /// Begins a pass; waits until the memory that it needs is there.
  ///
  /// @param inFlight how many batches may be open at the same time, at least 1
  /// @return to be closed by the caller
  Batches<B> open(int inFlight) throws FileException, InterruptedException;
}
