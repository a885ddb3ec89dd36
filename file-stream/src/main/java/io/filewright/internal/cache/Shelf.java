package io.filewright.internal.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.filewright.error.FailureDetails;
import io.filewright.error.MemoryLimitExceeded;
import io.filewright.memory.MemoryBudget;
import io.filewright.memory.Reclaimable;
import io.filewright.memory.Registration;
import io.filewright.memory.Reservation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The entries that are kept, in the order of their last use, and the memory that they take.
///
/// Caffeine keeps order and time. It does not evict by weight: its weights are of type `int`, count
/// only what is loaded already, and let a newcomer go rather than an old favourite, while here
/// memory has to be free before a load.
///
/// What nobody uses is only kept for later: whoever else needs memory of a budget that the loader
/// shares has it let go.
final class Shelf<K, V> implements Reclaimable {

  /// Nobody lives to see it, and Caffeine keeps the order of use only for entries that expire.
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final LoadPlan<K, V> plan;
  private final Cache<K, Entry<V>> cache;
  private final ConcurrentLinkedQueue<Entry<V>> expired = new ConcurrentLinkedQueue<>();
  private final ReentrantLock freeing = new ReentrantLock();
  private final Registration registration;
  final LongAdder evictions = new LongAdder();
  final LongAdder expirations = new LongAdder();

  Shelf(LoadPlan<K, V> plan) {
    this.plan = plan;
    var builder =
        Caffeine.newBuilder()
            .executor(Runnable::run) // so that what has expired is known at once
            .ticker(() -> plan.nanoClock().getAsLong())
            .expireAfterAccess(plan.timeToIdle().orElse(FOR_EVER))
            .removalListener(this::removed);
    plan.timeToLive().ifPresent(builder::expireAfterWrite);
    if (plan.timeToLive().isPresent() || plan.timeToIdle().isPresent()) {
      var _ = builder.scheduler(Scheduler.systemScheduler());
    }
    this.cache = builder.build();
    this.registration = sharedLimit().register(this);
  }

  /// Is not asked for memory any more.
  void close() {
    registration.close();
  }

  /// An entry for the caller to use, unless there is none. Counts as a use.
  @Nullable Entry<V> acquire(K key) {
    Entry<V> entry = cache.getIfPresent(key);
    return entry != null && entry.acquire() ? entry : null;
  }

  /// The same, without any work for Caffeine: it may be called under the lock of another map.
  @Nullable Entry<V> acquireQuietly(K key) {
    Entry<V> entry = cache.policy().getIfPresentQuietly(key);
    return entry != null && entry.acquire() ? entry : null;
  }

  /// Keeps an entry. Runs no code of the user's.
  void put(K key, Entry<V> entry) {
    if (entry.acquire()) {
      cache.put(key, entry);
    }
  }

  /// Stops keeping an entry.
  ///
  /// @return false if it was not kept any more
  boolean remove(K key, Entry<V> entry) {
    boolean removed = cache.asMap().remove(key, entry);
    if (removed) {
      var _ = entry.release();
    }
    return removed;
  }

  void remove(K key) {
    Entry<V> entry = cache.policy().getIfPresentQuietly(key);
    if (entry != null) {
      var _ = remove(key, entry);
    }
  }

  void clear() {
    cache.asMap().forEach(this::remove);
    freeExpired();
  }

  long size() {
    cache.cleanUp();
    freeExpired();
    return cache.estimatedSize();
  }

  /// Takes memory, and lets go what nobody uses, the longest unused first, if it must.
  ///
  /// @throws MemoryLimitExceeded if there is not enough left that could go
  Reservation charge(K key, long byteSize) throws MemoryLimitExceeded {
    Optional<Reservation> charge = tryCharge(byteSize);
    if (charge.isPresent()) {
      return charge.get();
    }
    freeing.lock(); // so that nobody gives up while another one is about to free some
    try {
      while (true) {
        charge = tryCharge(byteSize);
        if (charge.isPresent()) {
          return charge.get();
        }
        if (isHopeless(byteSize) || !free()) {
          throw exceeded(key, byteSize);
        }
      }
    } finally {
      freeing.unlock();
    }
  }

  MemoryBudget ownLimit() {
    return plan.limits().getFirst();
  }

  /// The loader itself makes room below its own limit, so nobody else need ask for that.
  private MemoryBudget sharedLimit() {
    return plan.limits().getLast();
  }

  @Override
  public long reclaimableBytes() {
    return cache.asMap().values().stream().filter(Entry::isIdle).mapToLong(Entry::byteSize).sum();
  }

  /// Takes no lock of the loader's: who asks may hold that of another one.
  @Override
  public long reclaim(long byteSize) {
    long freed = 0;
    for (Entry<V> entry = expired.poll(); entry != null; entry = expired.poll()) {
      long bytes = entry.byteSize();
      freed += entry.release() ? bytes : 0;
    }
    var victim = longestUnused();
    while (freed < byteSize && victim.isPresent()) {
      Entry<V> entry = victim.get().getValue();
      long bytes = entry.byteSize();
      if (cache.asMap().remove(victim.get().getKey(), entry)) {
        evictions.increment();
        freed += entry.release() ? bytes : 0;
      }
      victim = longestUnused();
    }
    return freed;
  }

  /// Lets go as much as has just become idle, if somebody waits for memory.
  void giveWay(Entry<V> entry) {
    if (ownLimit().isContended() && entry.isIdle()) {
      var _ = reclaim(entry.byteSize());
    }
  }

  private Optional<Reservation> tryCharge(long byteSize) {
    return ownLimit().tryReserve(byteSize);
  }

  private boolean isHopeless(long byteSize) {
    return plan.limits().stream().anyMatch(budget -> byteSize > budget.limitBytes());
  }

  private boolean free() {
    Optional<Map.Entry<K, Entry<V>>> victim = longestUnused();
    if (freeExpired()) {
      return true;
    }
    if (victim.isEmpty()) {
      return false;
    }
    // Somebody may have got hold of it just now. Then it goes later, and the next one has to go.
    if (remove(victim.get().getKey(), victim.get().getValue())) {
      evictions.increment();
    }
    return true;
  }

  private Optional<Map.Entry<K, Entry<V>>> longestUnused() {
    return cache
        .policy()
        .expireAfterAccess()
        .orElseThrow()
        .oldest(
            entries ->
                entries
                    .filter(entry -> entry.getValue().isIdle())
                    .findFirst()
                    .map(entry -> Map.entry(entry.getKey(), entry.getValue())));
  }

  /// Caffeine holds its own lock here, so values are closed later.
  private void removed(@Nullable K key, @Nullable Entry<V> entry, RemovalCause cause) {
    if (cause != RemovalCause.EXPLICIT && entry != null) {
      expired.add(entry);
      expirations.increment();
      var _ = Thread.ofVirtual().name("filewright-expired").start(this::freeExpired);
    }
  }

  private boolean freeExpired() {
    freeing.lock();
    try {
      boolean any = false;
      for (Entry<V> entry = expired.poll(); entry != null; entry = expired.poll()) {
        var _ = entry.release();
        any = true;
      }
      return any;
    } finally {
      freeing.unlock();
    }
  }

  private MemoryLimitExceeded exceeded(K key, long byteSize) {
    MemoryBudget tight =
        plan.limits().stream()
            .filter(budget -> byteSize > budget.limitBytes() - budget.usedBytes())
            .findFirst()
            .orElse(ownLimit());
    long used = tight.usedBytes();
    var details =
        FailureDetails.of(
            plan.nameOf(key),
            "load",
            "%d of %d bytes are in use, %d are needed, and nothing that is kept could go"
                .formatted(used, tight.limitBytes(), byteSize),
            "Close what was borrowed, or raise the limit");
    return new MemoryLimitExceeded(details, byteSize, used, tight.limitBytes(), Map.of());
  }
}
