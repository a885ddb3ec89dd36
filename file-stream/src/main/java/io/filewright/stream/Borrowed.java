package io.filewright.stream;

import io.filewright.error.AlreadyClosed;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A value of a [LazyLoader] that stays open, and charged to its budget, until this is closed.
/// Usable and closeable on any thread; nobody closes it for you.
///
/// @param <V> the value
public final class Borrowed<V> implements AutoCloseable {

  private final V value;
  private final AtomicReference<@Nullable Runnable> end;

  Borrowed(V value, Runnable end) {
    this.value = value;
    this.end = new AtomicReference<>(end);
  }

  /// The value, which must not be used after [#close].
  ///
  /// @throws AlreadyClosed if this is closed
  public V value() {
    if (end.get() == null) {
      throw new AlreadyClosed("Borrowed");
    }
    return value;
  }

  /// Gives the value back. If nobody else uses or keeps it, it is closed now, on this thread.
  /// Idempotent.
  @Override
  public void close() {
    Runnable held = end.getAndSet(null);
    if (held != null) {
      held.run();
    }
  }
}
