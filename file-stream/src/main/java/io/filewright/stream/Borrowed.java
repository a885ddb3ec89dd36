package io.filewright.stream;

import io.filewright.error.AlreadyClosed;
import io.filewright.internal.cache.Entry;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A value of a [LazyLoader] that stays open, and charged to its budget, until this is closed.
/// Usable and closeable on any thread; nobody closes it for you.
///
/// @param <V> the value
public final class Borrowed<V> implements AutoCloseable {

  private final V value;
  private final AtomicReference<@Nullable Entry<V>> entry;

  Borrowed(V value, Entry<V> entry) {
    this.value = value;
    this.entry = new AtomicReference<>(entry);
  }

  /// The value, which must not be used after [#close].
  ///
  /// @throws AlreadyClosed if this is closed
  public V value() {
    if (entry.get() == null) {
      throw new AlreadyClosed("Borrowed");
    }
    return value;
  }

  /// Gives the value back. If nobody else uses or keeps it, it is closed now, on this thread.
  /// Idempotent.
  @Override
  public void close() {
    Entry<V> held = entry.getAndSet(null);
    if (held != null) {
      held.release();
    }
  }
}
