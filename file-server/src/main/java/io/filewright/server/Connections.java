package io.filewright.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// All connections of a server, how many there may be, and what they have done. Safe for any
/// threads.
final class Connections {

  private final int most;
  private final AtomicInteger count = new AtomicInteger();
  private final Set<Connection> all = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  final LongAdder requests = new LongAdder();
  final LongAdder brokenResponses = new LongAdder();

  Connections(int most) {
    this.most = most;
  }

  /// Takes one in, to be told of its end by [#leave] in any case.
  ///
  /// @return whether there was room for it
  boolean enter(Connection connection) {
    all.add(connection);
    return count.incrementAndGet() <= most;
  }

  void leave(Connection connection) {
    if (all.remove(connection) && count.decrementAndGet() == 0) {
      synchronized (all) {
        all.notifyAll();
      }
    }
  }

  /// Waits until there are none.
  ///
  /// @param deadline by [System#nanoTime], when the wait ends at the latest
  void awaitNone(long deadline) throws InterruptedException {
    synchronized (all) {
      long left = deadline - System.nanoTime();
      while (count.get() > 0 && left > 0) {
        TimeUnit.NANOSECONDS.timedWait(all, left);
        left = deadline - System.nanoTime();
      }
    }
  }

  int count() {
    return count.get();
  }

  /// Whether each is to end with the response that it is at.
  boolean isDraining() {
    return draining;
  }

  void drain() {
    draining = true;
    all.forEach(Connection::drain);
  }

  /// Ends those that took too long.
  void checkDeadlines() {
    all.forEach(Connection::checkDeadline);
  }

  void closeAll() {
    all.forEach(Connection::close);
  }
}
