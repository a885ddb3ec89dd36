package io.filewright.server;

import io.filewright.memory.MemoryBudget;
import java.lang.System.Logger.Level;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// All connections of a server, how many there may be, and what they have done. Safe for any
/// threads.
final class Connections {

  /// Pages may take this part of what copies may: one that nobody reads keeps its room to the end.
  private static final int PAGES_PART = 4;

  private static final System.Logger LOG = System.getLogger(Connections.class.getName());

  private final Capacity most;
  private final AtomicInteger served = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final Map<Connection, Admission> all = new ConcurrentHashMap<>();
  private volatile boolean draining;

  /// What responses copy on their way to clients.
  final MemoryBudget copies;

  /// The part of it that is for pages.
  final MemoryBudget pages;

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

  /// @param copyBytes what responses may copy at the same time
  Connections(Capacity most, long copyBytes) {
    this.most = most;
    this.copies = MemoryBudget.ofBytes(copyBytes);
    this.pages = copies.child("pages", copyBytes / PAGES_PART);
  }

  /// Takes one in, to be told of its end by [#leave] in any case.
  Admission enter(Connection connection) {
    Admission admission =
        take(served, most.served())
            ? Admission.SERVED
            : take(refused, most.refused()) ? Admission.REFUSED : Admission.TURNED_AWAY;
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

  /// How many there may be.
  Capacity most() {
    return most;
  }

  /// Counts and logs what should not have happened.
  ///
  /// @param what could not be done, as a sentence
  void failed(String what, Throwable failure) {
    failures.increment();
    LOG.log(Level.WARNING, what, failure);
  }

  /// Has what a line of a log needs be there before descriptors run out: a formatter that found the
  /// file of the time zones closed to it would fail then, and for good.
  static void prepareLog() {
    var _ = "%1$tb %1$Tp".formatted(ZonedDateTime.now(ZoneId.systemDefault()));
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
