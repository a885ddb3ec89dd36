package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.stream.Batches.Claim;
import java.util.Optional;

/// Where a reader gets chunks from, which keeps others out while it claims one.
interface ChunkFeed extends AutoCloseable {

  /// The next chunk, or empty at the end.
  Optional<Claim<Chunk>> claim() throws FileException;

  /// Gives back what it holds. Called once, when no claim is out; chunks stay valid.
  @Override
  void close();
}
