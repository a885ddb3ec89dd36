package io.filewright.memory;

import java.util.concurrent.atomic.AtomicBoolean;

/// Bytes taken from a [MemoryBudget] until it is closed. Closing is idempotent and safe from any
/// thread.
public final class Reservation implements AutoCloseable {

  private final MemoryBudget budget;
  private final long byteSize;
  private final AtomicBoolean closed = new AtomicBoolean();

  Reservation(MemoryBudget budget, long byteSize) {
    this.budget = budget;
    this.byteSize = byteSize;
  }

  /// How many bytes.
  public long byteSize() {
    return byteSize;
  }

  /// Gives the bytes back to the budget.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      budget.giveBack(byteSize);
    }
  }
}
