package io.filewright.reactor;

import io.filewright.error.FileException;
import org.jspecify.annotations.Nullable;

/// One subscriber's way through a file, walked by one thread at a time, which may wait.
///
/// @param <T> what is met on the way
interface Pass<T> {

  /// The next element, or null at the end.
  @Nullable T next() throws FileException, InterruptedException;

  /// Whether it is known already that there is no further element; does not wait.
  boolean isExhausted();

  /// Takes an element back that nobody has got.
  default void discard(T element) {}

  /// Ends it. Called once.
  void close();

  /// Begins a pass.
  ///
  /// @param <T> what is met on the way
  @FunctionalInterface
  interface Opener<T> {
    Pass<T> open() throws FileException, InterruptedException;
  }
}
