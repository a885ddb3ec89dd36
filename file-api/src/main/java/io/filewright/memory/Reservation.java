package io.filewright.memory;

import java.util.ArrayList;
import java.util.List;
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

  /// Makes several of this one, which is closed from then on without giving anything back.
  ///
  /// @param partBytes size of each, in bytes: a divisor of this one's
  /// @throws IllegalStateException if it is closed
  public List<Reservation> split(long partBytes) {
    if (partBytes < 1 || byteSize % partBytes != 0) {
      throw new IllegalArgumentException(byteSize + " bytes in parts of " + partBytes);
    }
    if (!closed.compareAndSet(false, true)) {
      throw new IllegalStateException("The reservation is closed.");
    }
    List<Reservation> parts = new ArrayList<>();
    for (long at = 0; at < byteSize; at += partBytes) {
      parts.add(new Reservation(budget, partBytes));
    }
    budget.countParts(parts.size());
    return parts;
  }

  /// Gives the bytes back to the budget.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      budget.giveBack(byteSize);
    }
  }
}
