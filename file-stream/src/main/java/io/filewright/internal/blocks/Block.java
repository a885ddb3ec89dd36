package io.filewright.internal.blocks;

import io.filewright.SegmentFunction;
import io.filewright.error.FileException;

/// A run of a file's bytes in memory. Used from any thread; closed once, when nobody uses it.
public interface Block extends AutoCloseable {

  /// Where it begins in the file, in bytes.
  long byteOffset();

  /// Its size, in bytes.
  long byteSize();

  /// Computes something from the bytes; the segment is as large as the block, and dead afterwards.
  ///
  /// @throws io.filewright.error.Truncated if the bytes were not the file's, as it has become
  ///   shorter
  <T> T apply(SegmentFunction<T> function) throws FileException;

  @Override
  void close();
}
