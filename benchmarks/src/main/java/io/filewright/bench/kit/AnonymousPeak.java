package io.filewright.bench.kit;

import io.filewright.bench.ProcStatus;
import java.time.Duration;

/// By how much the anonymous memory of this process grows at the most while something runs, seen
/// every few milliseconds.
final class AnonymousPeak implements AutoCloseable {

  private static final Duration PERIOD = Duration.ofMillis(5);
  private static final double KIB_PER_MIB = 1024;

  private final Thread watching = Thread.ofPlatform().daemon().unstarted(this::watch);
  private final long beforeKib = ProcStatus.SELF.rssAnonKib();
  private volatile long mostKib = beforeKib;
  private volatile boolean ended;

  private AnonymousPeak() {}

  static AnonymousPeak start() {
    var peak = new AnonymousPeak();
    peak.watching.start();
    return peak;
  }

  /// So far.
  double grownMib() {
    look();
    return (mostKib - beforeKib) / KIB_PER_MIB;
  }

  @Override
  public void close() {
    ended = true;
    watching.interrupt();
  }

  private void watch() {
    try {
      while (!ended) {
        look();
        Thread.sleep(PERIOD);
      }
    } catch (InterruptedException _) {
      // closed meanwhile
    }
  }

  private synchronized void look() {
    mostKib = Math.max(mostKib, ProcStatus.SELF.rssAnonKib());
  }
}
