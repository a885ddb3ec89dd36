package io.filewright.stream;

import io.filewright.internal.cache.Entry;
import io.filewright.internal.cache.LoadPlan;
import io.filewright.memory.MemoryBudget;
import io.filewright.stream.LazyLoader.LoadFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Describes a [LazyLoader]. Each method says what holds if it is not called. Not thread-safe.
///
/// @param <K> keys
/// @param <V> values
public final class LazyLoaderBuilder<K, V> {

  private final long limitBytes;
  private final LoadFunction<K, V> function;
  private final ToLongFunction<? super V> weigher;
  private ToLongFunction<? super K> estimator = _ -> 0;
  private Function<? super K, Optional<Path>> file = _ -> Optional.empty();
  private Entry.Disposer<? super V> disposer = LazyLoaderBuilder::closeIfCloseable;
  private @Nullable MemoryBudget budget;
  private @Nullable Duration timeToLive;
  private @Nullable Duration timeToIdle;
  private Executor executor = task -> Thread.ofVirtual().name("filewright-lazy").start(task);
  private LongSupplier nanoClock = System::nanoTime;

  LazyLoaderBuilder(
      long limitBytes, LoadFunction<K, V> function, ToLongFunction<? super V> weigher) {
    if (limitBytes < 0) {
      throw new IllegalArgumentException("limitBytes: " + limitBytes);
    }
    this.limitBytes = limitBytes;
    this.function = function;
    this.weigher = weigher;
  }

  /// Charges values to a child of this budget, which has the loader's limit. What is kept and not
  /// borrowed counts as cached there, and goes when somebody else needs the room. Otherwise only
  /// that limit counts.
  public LazyLoaderBuilder<K, V> budget(MemoryBudget newBudget) {
    budget = newBudget;
    return this;
  }

  /// How many bytes to reserve before a load. The rest is reserved when the value is weighed, and a
  /// value that weighs less stays charged with this. Otherwise 0: the memory of a value that is
  /// being loaded is not charged until it is there.
  public LazyLoaderBuilder<K, V> estimator(ToLongFunction<? super K> newEstimator) {
    estimator = newEstimator;
    return this;
  }

  /// Which file a value is made of. Each `get` looks at it, and has the value loaded anew if it is
  /// another file than before the load, or has another modification time or size; a change that
  /// leaves all three as they were is not seen. Otherwise nobody looks.
  public LazyLoaderBuilder<K, V> watching(Function<? super K, Path> newFile) {
    file = key -> Optional.of(newFile.apply(key));
    return this;
  }

  /// How long a value is good from the end of its load. Otherwise for ever.
  public LazyLoaderBuilder<K, V> timeToLive(Duration time) {
    timeToLive = positive(time);
    return this;
  }

  /// How long a value is kept that nobody asks for. Otherwise for ever.
  public LazyLoaderBuilder<K, V> timeToIdle(Duration time) {
    timeToIdle = positive(time);
    return this;
  }

  /// Ends a value that is neither kept nor borrowed. Otherwise it is closed if it is
  /// `AutoCloseable`. What it throws is logged, an `Error` too. It runs on the thread that was the
  /// last to use the value, or that needed its memory.
  public LazyLoaderBuilder<K, V> disposer(Consumer<? super V> newDisposer) {
    disposer = newDisposer::accept;
    return this;
  }

  /// Where loads run. Otherwise each on a virtual thread.
  public LazyLoaderBuilder<K, V> executor(Executor newExecutor) {
    executor = newExecutor;
    return this;
  }

  /// A clock for times to live, such as a test's, in nanoseconds. Otherwise `System.nanoTime`.
  public LazyLoaderBuilder<K, V> clock(LongSupplier newNanoClock) {
    nanoClock = newNanoClock;
    return this;
  }

  /// The loader, with nothing loaded.
  public LazyLoader<K, V> build() {
    return new LazyLoader<>(
        new LoadPlan<>(
            function::load,
            weigher,
            estimator,
            file,
            disposer,
            limits(),
            Optional.ofNullable(timeToLive),
            Optional.ofNullable(timeToIdle),
            executor,
            nanoClock));
  }

  private List<MemoryBudget> limits() {
    MemoryBudget above = budget;
    return above == null
        ? List.of(MemoryBudget.ofBytes(limitBytes))
        : List.of(above.child("lazy loader", limitBytes), above);
  }

  private static Duration positive(Duration time) {
    if (!time.isPositive()) {
      throw new IllegalArgumentException("time: " + time);
    }
    return time;
  }

  private static void closeIfCloseable(Object value) throws Exception {
    if (value instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }
}
