package io.filewright.stream;

import io.filewright.internal.cache.Entry;
import io.filewright.internal.cache.LoadPlan;
import io.filewright.internal.cache.Loads;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.ToLongFunction;

/// Loads values when they are first asked for, and keeps them within a limit of bytes.
///
/// ```
///   get(key) ──> kept ─────────────────────────────────────> Borrowed ──> close
///       └──────> being loaded ──> wait ──> kept ──┘              (the value is closed when it is
///       └──────> load, make room ─────────> kept ─┘               neither kept nor borrowed)
/// ```
///
/// A key is loaded by one load at a time, however many ask for it; all of them get its value or its
/// failure. Failures are not kept. When memory is needed, by this loader or by anybody else of the
/// budget that it shares, the values that were not used for longest go first, on the thread that
/// needs it, but never one that is borrowed. Values that are charged never exceed the limit: if too
/// much is borrowed, a load fails with `MemoryLimitExceeded`, and waits for nobody.
///
/// Loads run on virtual threads, or the builder's executor, so an interrupt ends one wait and no
/// load. Neither a load nor the closing of a value may wait for another load of the same loader if
/// that might want its key or its memory. All methods may be called from any thread; `null` is
/// never accepted. Order of use is as Caffeine knows it, which under load may miss a use.
///
/// @param <K> keys, with `equals` and `hashCode`
/// @param <V> values, closed at their end if they are `AutoCloseable`
public final class LazyLoader<K, V> implements AutoCloseable {

  private final Loads<K, V> loads;

  LazyLoader(LoadPlan<K, V> plan) {
    this.loads = new Loads<>(plan);
  }

  /// Loads a value.
  @FunctionalInterface
  public interface LoadFunction<K, V> {

    /// Called on the builder's executor.
    ///
    /// @return not null: those who wait for it would get a `NullPointerException` that names the
    ///   key
    /// @throws IOException (best a `FileException`) which those who wait for the value get as it
    ///   is; so they do with unchecked ones, and with what the executor throws
    V load(K key) throws IOException;
  }

  /// Begins to describe a loader.
  ///
  /// @param limitBytes the most that may be charged for kept, borrowed and loading values together
  /// @param weigher bytes that a value takes, asked once, after its load
  public static <K, V> LazyLoaderBuilder<K, V> builder(
      long limitBytes, LoadFunction<K, V> function, ToLongFunction<? super V> weigher) {
    return new LazyLoaderBuilder<>(limitBytes, function, weigher);
  }

  /// The value of a key, loaded if it is not there.
  ///
  /// @return it, to be closed by the caller
  /// @throws IOException what the load threw, or `MemoryLimitExceeded`
  /// @throws InterruptedException if the caller is interrupted; the load goes on
  /// @throws io.filewright.error.AlreadyClosed if this loader is closed
  public Borrowed<V> get(K key) throws IOException, InterruptedException {
    Entry<V> entry = loads.acquire(key);
    try {
      return new Borrowed<>(entry.await(), () -> loads.release(entry));
    } catch (ExecutionException e) {
      throw new AssertionError("It was loaded before", e);
    }
  }

  /// Loads what is not there in the background, up to [#PRELOADS] at a time, and keeps it like
  /// anything that was asked for.
  ///
  /// @return completes when all have been tried; with the first failure, if there was one, and the
  ///   others suppressed in it. Cancelling it leaves out those that have not begun.
  public CompletableFuture<Void> preload(Collection<? extends K> keys) {
    return Preload.start(loads, keys);
  }

  /// How many values a preload loads at the same time.
  public static final int PRELOADS = 4;

  /// Who asks for this key from now on has it loaded anew. Who has borrowed the old value keeps it.
  public void invalidate(K key) {
    loads.invalidate(key);
  }

  /// The same for all keys.
  public void invalidateAll() {
    loads.invalidateAll();
  }

  /// What has happened so far.
  public LoaderStats stats() {
    var counts = loads.counts();
    return new LoaderStats(
        counts.hits(),
        counts.loads(),
        counts.failures(),
        counts.evictions(),
        counts.expirations(),
        loads.size(),
        loads.limit().usedBytes(),
        loads.limit().limitBytes());
  }

  /// Lets go all that is kept. What is borrowed or being loaded ends with its last user; `get`
  /// throws `AlreadyClosed`. Idempotent.
  @Override
  public void close() {
    loads.close();
  }
}
