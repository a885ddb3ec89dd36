package io.filewright.lazy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// A value that knows whether it is open, and counts all who are and were.
final class Guarded implements AutoCloseable {

  /// What all values of one test have in common.
  static final class World {
    final AtomicLong openBytes = new AtomicLong();
    final AtomicLong peakBytes = new AtomicLong();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger mistakes = new AtomicInteger();

    Guarded open(int key, long byteSize) {
      opened.incrementAndGet();
      peakBytes.accumulateAndGet(openBytes.addAndGet(byteSize), Math::max);
      return new Guarded(this, key, byteSize);
    }
  }

  private final World world;
  private final int key;
  private final long byteSize;
  private volatile boolean open = true;

  private Guarded(World world, int key, long byteSize) {
    this.world = world;
    this.key = key;
    this.byteSize = byteSize;
  }

  /// Its key, asked of it while it is open.
  int key() {
    if (!open) {
      world.mistakes.incrementAndGet();
    }
    return key;
  }

  long byteSize() {
    return byteSize;
  }

  boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    if (!open) {
      world.mistakes.incrementAndGet();
    }
    open = false;
    world.closed.incrementAndGet();
    world.openBytes.addAndGet(-byteSize);
  }
}
