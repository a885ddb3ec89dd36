package io.filewright.stream;

import io.filewright.internal.cache.Loads;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Some keys on their way, taken by a few threads one after the other.
final class Preload<K, V> {

  private final Loads<K, V> loads;
  private final Queue<K> keys;
  private final AtomicInteger walkers;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private @Nullable Throwable failure;

  private Preload(Loads<K, V> loads, Collection<? extends K> keys) {
    this.loads = loads;
    this.keys = new ConcurrentLinkedQueue<>(keys);
    this.walkers = new AtomicInteger(Math.clamp(keys.size(), 1, LazyLoader.PRELOADS));
  }

  static <K, V> CompletableFuture<Void> start(Loads<K, V> loads, Collection<? extends K> keys) {
    var preload = new Preload<K, V>(loads, keys);
    for (int i = preload.walkers.get(); i > 0; i--) {
      var _ = Thread.ofVirtual().name("filewright-preload").start(preload::walk);
    }
    return preload.end;
  }

  private void walk() {
    for (K key = keys.poll(); key != null && !end.isDone(); key = keys.poll()) {
      try {
        loads.release(loads.acquire(key));
      } catch (Throwable e) { // a failed key does not keep the others from being loaded
        note(e);
      }
    }
    if (walkers.decrementAndGet() == 0) {
      finish();
    }
  }

  private synchronized void note(Throwable newFailure) {
    if (failure == null) {
      failure = newFailure;
    } else if (!failure.equals(newFailure)) { // all loads of a key fail with the same object
      failure.addSuppressed(newFailure);
    }
  }

  private synchronized void finish() {
    var _ = failure == null ? end.complete(null) : end.completeExceptionally(failure);
  }
}
