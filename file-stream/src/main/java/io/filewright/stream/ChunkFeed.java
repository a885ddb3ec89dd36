package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.stream.Batches.Claim;
import org.jspecify.annotations.Nullable;

/// Where a reader gets chunks from, which keeps others out while it claims one.
interface ChunkFeed extends AutoCloseable {

  /// The next chunk, or null at the end.
  @Nullable Claim<Chunk> claim() throws FileException;

  /// Gives back what it holds, some of it when the last claim that is out has been made. Called
  /// once, while nobody claims; claims and chunks stay valid.
  @Override
  void close();
}
