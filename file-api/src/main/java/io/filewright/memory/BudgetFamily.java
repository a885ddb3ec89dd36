package io.filewright.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The one lock over a budget and all below it, and the queue of those who wait.
///
/// A lock for all makes a reservation that concerns several ledgers one step: no moment at which a
/// child has counted what its parent will refuse. It is held for a few instructions. Nothing of
/// anybody else's is called under it.
///
/// The queue is served in order. Who does not fit blocks the ledgers that have no room for it:
/// those behind it, and newcomers, may only take what goes past them. So a child whose own limit is
/// reached stops nobody else.
final class BudgetFamily {

  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Waiter> queue = new ArrayDeque<>();
  private final Set<Ledger> blocked = new HashSet<>();

  /// Whether any is; written under the lock.
  private volatile boolean contended;

  private final List<Cache> caches = new CopyOnWriteArrayList<>();

  private record Cache(Ledger ledger, Reclaimable memory) {}

  <T> T read(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  boolean tryTake(Ledger ledger, long byteSize) {
    List<Runnable> reached = new ArrayList<>(0);
    lock.lock();
    try {
      if (isBlocked(ledger) || !ledger.hasRoom(byteSize)) {
        return false;
      }
      ledger.take(byteSize, reached);
    } finally {
      lock.unlock();
    }
    Watermark.run(reached);
    return true;
  }

  /// Gets in line.
  ///
  /// @return whether it was its turn at once
  boolean enqueue(Waiter waiter) {
    serve(() -> queue.add(waiter));
    return waiter.isGranted();
  }

  /// Gets out of line, if it is still there.
  void leave(Waiter waiter) {
    serve(() -> queue.remove(waiter));
  }

  void giveBack(Ledger ledger, long byteSize) {
    serve(() -> ledger.giveBack(byteSize));
  }

  /// Takes no lock while nobody waits at all: it is asked whenever something becomes idle.
  boolean isContended(Ledger ledger) {
    if (!contended) {
      return false;
    }
    lock.lock();
    try {
      return isBlocked(ledger);
    } finally {
      lock.unlock();
    }
  }

  Registration watch(Ledger ledger, Watermark mark) {
    serve(() -> ledger.add(mark));
    return () -> serve(() -> ledger.remove(mark));
  }

  Registration register(Ledger ledger, Reclaimable memory) {
    var cache = new Cache(ledger, memory);
    caches.add(cache);
    return () -> caches.remove(cache);
  }

  long cachedBytes(Ledger ledger) {
    long sum = 0;
    for (Cache cache : caches) {
      sum += cache.ledger.isWithin(ledger) ? cache.memory.reclaimableBytes() : 0;
    }
    return sum;
  }

  /// Asks the caches whose letting go would make room, for somebody in line: for all that it wants,
  /// as others in line may take what is there.
  void reclaim(Ledger ledger, long byteSize) {
    if (!caches.isEmpty()) {
      var _ = reclaim(read(() -> ledger.obstacles(byteSize).toList()), byteSize);
    }
  }

  /// Asks the same ones for what is missing.
  ///
  /// @return whether any of them gave something back
  boolean reclaimMissing(Ledger ledger, long byteSize) {
    return !caches.isEmpty()
        && reclaim(
            read(() -> ledger.obstacles(byteSize).toList()), read(() -> ledger.missing(byteSize)));
  }

  private boolean reclaim(List<Ledger> obstacles, long wanted) {
    long freed = 0;
    for (Cache cache : caches) {
      if (freed < wanted && obstacles.stream().anyMatch(cache.ledger::isWithin)) {
        freed += cache.memory.reclaim(wanted - freed);
      }
    }
    return freed > 0;
  }

  /// Changes something, and then gives those their turn who fit.
  private void serve(Runnable change) {
    List<Waiter> granted = new ArrayList<>(0);
    List<Runnable> reached = new ArrayList<>(0);
    lock.lock();
    try {
      change.run();
      if (!queue.isEmpty() || !blocked.isEmpty()) {
        grant(granted, reached);
        contended = !blocked.isEmpty();
      }
    } finally {
      lock.unlock();
    }
    granted.forEach(Waiter::wake);
    Watermark.run(reached);
  }

  private void grant(List<Waiter> granted, List<Runnable> reached) {
    blocked.clear();
    for (Iterator<Waiter> waiting = queue.iterator(); waiting.hasNext(); ) {
      Waiter waiter = waiting.next();
      Ledger ledger = waiter.ledger();
      if (!isBlocked(ledger) && ledger.hasRoom(waiter.byteSize())) {
        ledger.take(waiter.byteSize(), reached);
        waiter.grant();
        granted.add(waiter);
        waiting.remove();
      } else {
        ledger.obstacles(waiter.byteSize()).forEach(blocked::add);
      }
    }
  }

  private boolean isBlocked(Ledger ledger) {
    return !blocked.isEmpty() && ledger.upwards().anyMatch(blocked::contains);
  }
}
