package io.filewright.internal.cache;

import io.filewright.memory.Reservation;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One value, from the begin of its load until its last user is gone, who closes it and gives its
/// memory back. Users are whoever loads it, the shelf, those who wait for it and those who borrowed
/// it.
///
/// @param <V> the value
public final class Entry<V> {

  private static final System.Logger LOG = System.getLogger(Entry.class.getName());

  private final Disposer<? super V> disposer;
  private final AtomicInteger users = new AtomicInteger(1);
  private final CompletableFuture<V> loaded = new CompletableFuture<>();

  // Written by the load, before `loaded` is completed and before its use of the entry ends.
  private final List<Reservation> charges = new ArrayList<>(2);
  private Optional<FileStamp> stamp = Optional.empty();
  private @Nullable V value;

  /// An entry with one user, its load.
  Entry(Disposer<? super V> disposer) {
    this.disposer = disposer;
  }

  /// How a value is closed.
  @FunctionalInterface
  public interface Disposer<V> {
    void dispose(V value) throws Exception;
  }

  /// Becomes one more user, unless the last one is gone.
  boolean acquire() {
    int seen = users.get();
    while (seen > 0) {
      int now = users.compareAndExchange(seen, seen + 1);
      if (now == seen) {
        return true;
      }
      seen = now;
    }
    return false;
  }

  /// Ends one use.
  ///
  /// @return whether it was the last, so that the value is closed and its memory given back
  boolean release() {
    boolean last = users.decrementAndGet() == 0;
    if (last) {
      dispose();
    }
    return last;
  }

  /// Whether nobody but the shelf has it.
  boolean isIdle() {
    return users.get() == 1;
  }

  /// Waits for the load. The caller has to be a user.
  ///
  /// @throws ExecutionException with what the load threw
  public V await() throws ExecutionException, InterruptedException {
    return loaded.get();
  }

  Optional<FileStamp> stamp() {
    return stamp;
  }

  void stamp(Optional<FileStamp> newStamp) {
    stamp = newStamp;
  }

  /// Bytes that it takes; known when it is loaded.
  long byteSize() {
    return charges.stream().mapToLong(Reservation::byteSize).sum();
  }

  void charge(Reservation charge) {
    charges.add(charge);
  }

  /// From now on the last user disposes of the value, even if the load fails yet.
  void hold(V newValue) {
    value = newValue;
  }

  /// Ends the load, well. Its use ends first: whoever is woken finds no user that is about to go.
  void complete(V newValue) {
    var _ = release();
    var _ = loaded.complete(newValue);
  }

  /// Ends the load otherwise.
  void fail(Throwable failure) {
    var _ = release();
    var _ = loaded.completeExceptionally(failure);
  }

  private void dispose() {
    V held = value;
    value = null;
    try {
      if (held != null) {
        disposer.dispose(held);
      }
    } catch (Throwable e) {
      // It is not the last user's failure, who may have nothing to do with the value any more, and
      // those who wait must hear of their load, whatever it is.
      LOG.log(Level.WARNING, "A value that was loaded lazily could not be closed.", e);
    } finally {
      charges.forEach(Reservation::close);
    }
  }
}
