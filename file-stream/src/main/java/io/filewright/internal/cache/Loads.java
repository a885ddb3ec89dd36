package io.filewright.internal.cache;

import io.filewright.error.AlreadyClosed;
import io.filewright.memory.MemoryBudget;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Finds entries, and has those loaded that are not there, each by one load at a time.
///
/// ```
///   get ──> on the shelf? ──> in flight? ──> take off: stamp, memory, load, weigh ──> the shelf
/// ```
///
/// The map of flights decides all races: an entry lands on the shelf in the same step in which it
/// leaves that map, unless an invalidation has taken it out before.
public final class Loads<K, V> {

  private static final System.Logger LOG = System.getLogger(Loads.class.getName());

  private final LoadPlan<K, V> plan;
  private final Shelf<K, V> shelf;
  private final ConcurrentMap<K, Entry<V>> flights = new ConcurrentHashMap<>();
  private final LongAdder hits = new LongAdder();
  private final LongAdder loads = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile boolean closed;

  /// Nothing is loaded yet.
  public Loads(LoadPlan<K, V> plan) {
    this.plan = plan;
    this.shelf = new Shelf<>(plan);
  }

  /// How often what happened.
  public record Counts(long hits, long loads, long failures, long evictions, long expirations) {}

  /// A loaded entry that the caller uses until they release it.
  public Entry<V> acquire(K key) throws IOException, InterruptedException {
    while (true) {
      Seat<V> seat = join(key);
      Entry<V> entry = seat.entry();
      boolean taken = false;
      try {
        var _ = entry.await();
        // One's own load began after the call did; another may have begun before the file changed.
        taken = seat.own() || plan.isFresh(key, entry);
        if (taken) {
          return entry;
        }
        drop(key, entry);
      } catch (ExecutionException e) {
        throw rethrown(e.getCause());
      } finally {
        if (!taken) {
          release(entry);
        }
      }
    }
  }

  /// Ends the use of an entry. What nobody uses any more is not kept while somebody waits for
  /// memory.
  public void release(Entry<V> entry) {
    var _ = entry.release();
    shelf.giveWay(entry);
  }

  /// What is loaded or being loaded is not handed out to whoever comes from now on.
  public void invalidate(K key) {
    var _ = flights.remove(key);
    shelf.remove(key);
  }

  /// The same for all keys.
  public void invalidateAll() {
    flights.clear();
    shelf.clear();
  }

  /// Nothing is handed out or kept any more.
  public void close() {
    closed = true;
    invalidateAll();
    shelf.close();
  }

  public boolean isClosed() {
    return closed;
  }

  /// How many values are kept.
  public long size() {
    return shelf.size();
  }

  /// The loader's own limit, and what is used of it.
  public MemoryBudget limit() {
    return shelf.ownLimit();
  }

  public Counts counts() {
    return new Counts(
        hits.sum(), loads.sum(), failures.sum(), shelf.evictions.sum(), shelf.expirations.sum());
  }

  /// An entry with the caller as a user, and whether it is loaded for this caller.
  private record Seat<V>(Entry<V> entry, boolean own) {}

  private Seat<V> join(K key) {
    Entry<V> kept = closed ? null : shelf.acquire(key);
    if (kept != null) {
      hits.increment();
      return new Seat<>(kept, false);
    }
    var seat = new AtomicReference<@Nullable Seat<V>>();
    var _ = flights.compute(key, (_, flying) -> seated(seat, key, flying));
    Seat<V> found = seat.get();
    if (found == null) {
      throw new AlreadyClosed("LazyLoader");
    }
    if (found.own()) {
      takeOff(key, found.entry());
    }
    return found;
  }

  /// The flight that there is for this key now. What landed since the caller looked is no flight.
  private @Nullable Entry<V> seated(
      AtomicReference<@Nullable Seat<V>> seat, K key, @Nullable Entry<V> flying) {
    if (closed) {
      return flying;
    }
    if (flying != null && flying.acquire()) {
      seat.set(new Seat<>(flying, false));
      return flying;
    }
    Entry<V> landed = shelf.acquireQuietly(key);
    if (landed != null) {
      seat.set(new Seat<>(landed, false));
      return null;
    }
    var mine = new Entry<V>(plan.disposer());
    var _ = mine.acquire(); // for the caller; the first use is the load's
    seat.set(new Seat<>(mine, true));
    return mine;
  }

  /// An executor may throw anything, even after it has taken or run the task: what began first ends
  /// the load, once.
  private void takeOff(K key, Entry<V> entry) {
    loads.increment();
    var begun = new AtomicBoolean();
    try {
      plan.executor()
          .execute(
              () -> {
                if (!begun.getAndSet(true)) {
                  fly(key, entry);
                }
              });
    } catch (Throwable e) {
      if (!begun.getAndSet(true)) {
        crash(key, entry, e);
      } else {
        LOG.log(
            Level.WARNING, "The executor of a lazy loader failed after it had begun a load.", e);
      }
    }
  }

  private void fly(K key, Entry<V> entry) {
    try {
      entry.stamp(plan.stampOf(key));
      long estimate = plan.estimator().applyAsLong(key);
      entry.charge(shelf.charge(key, estimate));
      V value =
          Objects.requireNonNull(
              plan.source().load(key), () -> "[" + plan.nameOf(key) + "] load: returned null");
      entry.hold(value);
      long missing = plan.weigher().applyAsLong(value) - estimate;
      if (missing > 0) {
        entry.charge(shelf.charge(key, missing));
      }
      land(key, entry);
      entry.complete(value);
      shelf.giveWay(entry);
    } catch (Throwable e) { // those who wait must hear of it, whatever it is
      crash(key, entry, e);
    }
  }

  private void land(K key, Entry<V> entry) {
    var _ =
        flights.computeIfPresent(
            key,
            (_, flying) -> {
              if (flying != entry) {
                return flying;
              }
              shelf.put(key, entry);
              return null;
            });
    if (closed) {
      var _ = shelf.remove(key, entry);
    }
  }

  private void crash(K key, Entry<V> entry, Throwable failure) {
    failures.increment();
    var _ = flights.remove(key, entry);
    entry.fail(failure);
  }

  private void drop(K key, Entry<V> entry) {
    var _ = flights.remove(key, entry);
    var _ = shelf.remove(key, entry);
  }

  private static RuntimeException rethrown(@Nullable Throwable failure) throws IOException {
    switch (failure) {
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> throw new IllegalStateException(failure);
    }
  }
}
