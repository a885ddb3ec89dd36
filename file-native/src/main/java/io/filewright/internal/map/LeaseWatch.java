package io.filewright.internal.map;

import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Notices that the kernel wants a lease back: one daemon thread for the process, which runs while
/// there are leases.
///
/// The kernel could tell by a signal, but a library has no right to one of the process' signals; so
/// it is asked.
final class LeaseWatch {

  /// How often the kernel is asked. Who wants to write waits that long, and for the end of the uses
  /// under way.
  private static final long POLL_MILLIS = 25;

  /// The share of its time that the thread spends asking, as a divisor: with so many leases that
  /// one round takes longer than a POLL_MILLIS-th of this, it asks less often.
  private static final long DUTY_DIVISOR = 20;

  private static final Set<NativeLease> LEASES = new HashSet<>();
  private static @Nullable Thread thread;

  private LeaseWatch() {}

  static void add(NativeLease lease) {
    synchronized (LEASES) {
      if (thread == null) {
        Thread starting =
            Thread.ofPlatform().daemon().name("filewright-lease").unstarted(LeaseWatch::watch);
        starting.start();
        thread = starting;
      }
      LEASES.add(lease);
    }
  }

  static void remove(NativeLease lease) {
    synchronized (LEASES) {
      LEASES.remove(lease);
    }
  }

  private static void watch() {
    for (long pause = POLL_MILLIS; hasWork(); ) {
      pause(pause);
      long started = System.nanoTime();
      for (NativeLease lease : leases()) {
        if (lease.isBroken()) {
          remove(lease);
          announce(lease);
        }
      }
      long tookMillis = (System.nanoTime() - started) / 1_000_000;
      pause = Math.max(POLL_MILLIS, DUTY_DIVISOR * tookMillis);
    }
  }

  /// The last look before the thread ends, after which the next lease starts another one.
  private static boolean hasWork() {
    synchronized (LEASES) {
      if (LEASES.isEmpty()) {
        thread = null;
        return false;
      }
      return true;
    }
  }

  private static List<NativeLease> leases() {
    synchronized (LEASES) {
      return List.copyOf(LEASES);
    }
  }

  /// What goes wrong for one lease must not leave the others unwatched.
  private static void announce(NativeLease lease) {
    try {
      lease.announceBreak();
    } catch (RuntimeException | Error e) {
      System.getLogger("io.filewright")
          .log(Level.WARNING, "a lease was broken, but its region could not be ended", e);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException _) {
      // Nobody has a reason to interrupt it, so it looks a little earlier.
    }
  }
}
