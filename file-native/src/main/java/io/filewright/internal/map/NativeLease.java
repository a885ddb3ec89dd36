package io.filewright.internal.map;

import io.filewright.internal.os.Os;
import io.filewright.spi.FileLease;

/// A lease on a descriptor, which stays open until it is closed.
final class NativeLease implements FileLease {

  private final Os os;
  private final int descriptor;
  private final Runnable onBreak;
  private boolean broken;
  private boolean closed;

  private NativeLease(Os os, int descriptor, Runnable onBreak) {
    this.os = os;
    this.descriptor = descriptor;
    this.onBreak = onBreak;
  }

  /// A lease that the kernel has given, from now on watched.
  static NativeLease watched(Os os, int descriptor, Runnable onBreak) {
    var lease = new NativeLease(os, descriptor, onBreak);
    boolean watched = false;
    try {
      LeaseWatch.add(lease);
      watched = true;
    } finally {
      if (!watched) {
        lease.close();
      }
    }
    return lease;
  }

  /// Asks the kernel, but not about a descriptor that may be another file's by now.
  @Override
  public synchronized boolean isBroken() {
    if (!broken && !closed) {
      broken = !os.holdsLease(descriptor);
    }
    return broken;
  }

  void announceBreak() {
    onBreak.run();
  }

  /// The kernel refuses to take back what it has taken already; there is nothing to tell then.
  @Override
  public void close() {
    LeaseWatch.remove(this);
    synchronized (this) {
      if (!closed) {
        closed = true;
        var _ = os.releaseLease(descriptor);
      }
    }
  }
}
