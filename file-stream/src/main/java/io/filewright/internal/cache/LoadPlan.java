package io.filewright.internal.cache;

import io.filewright.error.FailureDetails;
import io.filewright.memory.MemoryBudget;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/// All that a loader was told.
///
/// @param source loads a value
/// @param weigher bytes of a value
/// @param estimator bytes to reserve before a load
/// @param file the file that a value is made of, if there is one
/// @param disposer closes a value
/// @param limits the loader's own budget, then the one that it is a child of
/// @param timeToLive from the end of a load
/// @param timeToIdle from the last use
/// @param executor runs loads
/// @param nanoClock tells the time
public record LoadPlan<K, V>(
    Source<K, V> source,
    ToLongFunction<? super V> weigher,
    ToLongFunction<? super K> estimator,
    Function<? super K, Optional<Path>> file,
    Entry.Disposer<? super V> disposer,
    List<MemoryBudget> limits,
    Optional<Duration> timeToLive,
    Optional<Duration> timeToIdle,
    Executor executor,
    LongSupplier nanoClock) {

  /// Where values come from.
  @FunctionalInterface
  public interface Source<K, V> {
    V load(K key) throws IOException;
  }

  Optional<FileStamp> stampOf(K key) {
    return file.apply(key).flatMap(FileStamp::of);
  }

  boolean isFresh(K key, Entry<V> entry) {
    return file.apply(key).isEmpty() || entry.stamp().equals(stampOf(key));
  }

  /// What messages call it: its file, or else the key itself.
  Path nameOf(K key) {
    return file.apply(key).orElseGet(() -> key instanceof Path path ? path : named(key));
  }

  private static Path named(Object key) {
    try {
      return Path.of(FailureDetails.printable(key.toString()));
    } catch (InvalidPathException _) {
      return Path.of("key"); // where names may not have all characters
    }
  }
}
