package io.filewright.stream;

import io.filewright.error.FileException;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;

/// Elements that come one after the other, and only once.
///
/// @param <T> an element
interface ElementFeed<T> extends AutoCloseable {

  /// Called once, before anything else.
  default void begin() {}

  /// The next element; empty at the end. One thread at a time.
  Optional<T> next() throws FileException;

  /// Any thread; ends a wait in `next`.
  @Override
  void close();

  static <T> ElementFeed<T> of(Iterator<? extends T> elements, Runnable onClose) {
    return new ElementFeed<>() {
      @Override
      public Optional<T> next() {
        return elements.hasNext()
            ? Optional.of(Objects.requireNonNull(elements.next(), "an element"))
            : Optional.empty();
      }

      @Override
      public void close() {
        onClose.run();
      }
    };
  }
}
