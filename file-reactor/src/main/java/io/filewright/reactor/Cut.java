package io.filewright.reactor;

import io.filewright.error.FileException;

/// A chunk's records, one after the other. Used by one thread at a time.
///
/// @param <T> what is made of them
interface Cut<T> {

  /// Whether there is another one, or a failure in its place.
  boolean hasNext();

  /// The next one.
  T next() throws FileException;

  /// No records.
  static <T> Cut<T> nothing() {
    return new Cut<>() {
      @Override
      public boolean hasNext() {
        return false;
      }

      @Override
      public T next() {
        throw new AssertionError("there is none");
      }
    };
  }

  /// A failure where the records would have been.
  static <T> Cut<T> failing(FileException failure) {
    return new Cut<>() {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public T next() throws FileException {
        throw failure;
      }
    };
  }

  /// Finds the records of chunks.
  ///
  /// @param <T> what is made of them
  @FunctionalInterface
  interface Cutter<T> {

    /// Called by several threads, ahead of the use of what it returns.
    ///
    /// @param bytes whole records, to be kept; the last one may lack its end
    /// @param fileOffset of the first byte
    Cut<T> cut(byte[] bytes, long fileOffset);
  }
}
