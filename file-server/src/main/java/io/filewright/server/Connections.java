package io.filewright.server;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// All connections of a server, how many there may be, and what they have done. Safe for any
/// threads.
final class Connections {

  /// How many of those that are refused may be told so at the same time.
  static final int MOST_REFUSED = 256;

  private static final System.Logger LOG = System.getLogger(Connections.class.getName());

  private final int most;
  private final AtomicInteger served = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final Map<Connection, Admission> all = new ConcurrentHashMap<>();
  private volatile boolean draining;

  final LongAdder requests = new LongAdder();
  final LongAdder brokenResponses = new LongAdder();
  final LongAdder failures = new LongAdder();

  /// What becomes of a connection that begins.
  enum Admission {
    /// There is room for it.
    SERVED,
    /// There is none, but it can be told so.
    REFUSED,
    /// Not even that.
    TURNED_AWAY
  }

  Connections(int most) {
    this.most = most;
  }

  /// Takes one in, to be told of its end by [#leave] in any case.
  Admission enter(Connection connection) {
    Admission admission =
        take(served, most)
            ? Admission.SERVED
            : take(refused, MOST_REFUSED) ? Admission.REFUSED : Admission.TURNED_AWAY;
    all.put(connection, admission);
    return admission;
  }

  void leave(Connection connection) {
    switch (all.remove(connection)) {
      case SERVED -> served.decrementAndGet();
      case REFUSED -> refused.decrementAndGet();
      case TURNED_AWAY -> {}
      case null -> {
        return;
      }
    }
    if (all.isEmpty()) {
      synchronized (all) {
        all.notifyAll();
      }
    }
  }

  /// Counts and logs what should not have happened.
  void failed(Throwable failure) {
    failures.increment();
    LOG.log(Level.WARNING, "A request could not be answered.", failure);
  }

  /// Waits until there are none.
  ///
  /// @param deadline by [System#nanoTime], when the wait ends at the latest
  void awaitNone(long deadline) throws InterruptedException {
    synchronized (all) {
      long left = deadline - System.nanoTime();
      while (!all.isEmpty() && left > 0) {
        TimeUnit.NANOSECONDS.timedWait(all, left);
        left = deadline - System.nanoTime();
      }
    }
  }

  /// How many are served.
  int count() {
    return served.get();
  }

  /// Whether each is to end with the response that it is at.
  boolean isDraining() {
    return draining;
  }

  void drain() {
    draining = true;
    all.keySet().forEach(Connection::drain);
  }

  /// Ends those that took too long.
  void checkDeadlines() {
    all.keySet().forEach(Connection::checkDeadline);
  }

  void closeAll() {
    all.keySet().forEach(Connection::close);
  }

  private static boolean take(AtomicInteger count, int most) {
    return count.getAndUpdate(now -> Math.min(most, now + 1)) < most;
  }
}
