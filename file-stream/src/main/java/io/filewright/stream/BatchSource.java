package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.memory.MemoryBudget;

/// Something that can be processed batch by batch: a file's chunks, an iterator's elements.
///
/// @param <B> what is processed at a time
public interface BatchSource<B> {

  /// Begins a pass; waits until the memory that it needs is there.
  ///
  /// @param inFlight how many batches may be open at the same time, at least 1
  /// @return to be closed by the caller
  Batches<B> open(int inFlight) throws FileException, InterruptedException;

  /// How much there is, as far as it is known before a pass.
  default SourceSize size() throws FileException {
    return SourceSize.UNKNOWN;
  }

  /// The same in batches of about so many bytes; itself where batches cannot be chosen.
  default BatchSource<B> inBatchesOf(long byteSize) {
    return this;
  }

  /// The same with what it takes charged to a budget; itself where it takes nothing.
  default BatchSource<B> chargedTo(MemoryBudget budget) {
    return this;
  }
}
