package io.filewright.internal.threads;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A clock of its own for each thread, which moves only when a task of that thread says so; and an
/// inspection that comes when the test says so.
final class ManualTime implements StallTolerantPool.Time {

  private final ThreadLocal<Long> nanos = ThreadLocal.withInitial(() -> 0L);
  private final AtomicReference<@Nullable Runnable> due = new AtomicReference<>();

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public void later(Runnable inspection) {
    if (due.getAndSet(inspection) != null) {
      throw new AssertionError("two inspections at a time");
    }
  }

  /// Called by a task that takes so long.
  void pass(long byNanos) {
    nanos.set(nanos.get() + byNanos);
  }

  boolean isWatched() {
    return due.get() != null;
  }

  /// Lets the inspection come that is due.
  void inspect() {
    Runnable inspection = due.getAndSet(null);
    if (inspection == null) {
      throw new AssertionError("nobody watches");
    }
    inspection.run();
  }
}
