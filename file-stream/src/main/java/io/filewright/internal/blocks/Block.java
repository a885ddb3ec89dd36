package io.filewright.internal.blocks;

import io.filewright.SegmentFunction;
import io.filewright.error.FileException;

/// A run of a file's bytes in memory. Used from any thread; closed once, when nobody uses it. Its
/// close is what runs at the end of a lifetime.
public interface Block extends AutoCloseable, Runnable {

  /// Where it begins in the file, in bytes.
  long byteOffset();

  /// Its size, in bytes.
  long byteSize();

  /// Computes something from a part of the bytes; the segment is as large, and dead afterwards.
  ///
  /// @param from in the block, in bytes
  /// @throws io.filewright.error.Truncated if the bytes were not the file's, as it has become
  ///   shorter
  <T> T apply(long from, long size, SegmentFunction<T> function) throws FileException;

  /// The same over all of it for a function that is known to keep nothing, at less cost.
  default <T> T inspect(SegmentFunction<T> function) throws FileException {
    return apply(0, byteSize(), function);
  }

  @Override
  void close();

  @Override
  default void run() {
    close();
  }
}
