package io.filewright.proofs;

import io.filewright.memory.MemoryBudget;
import io.filewright.memory.Reservation;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/// What threads do with a budget which has room for one more reservation, not for two. One
/// reservation is there from the start, and anybody may close it, more than once: of two closes at
/// the same time the second may return before the bytes are back, so that they count only in the
/// end.
public abstract class BudgetOperations {

  private static final long LIMIT = 3;
  private static final long FIRST = 1;
  private static final long MORE = 2;

  private final AtomicLong reserved = new AtomicLong();
  private volatile boolean firstIsClosed;

  /// Whether there was room.
  @Operation
  public final boolean reserve() {
    boolean done = tryReserve();
    if (done) {
      reserved.addAndGet(MORE);
    }
    return done;
  }

  /// Closes the first reservation.
  @Operation
  public final void close() {
    firstIsClosed = true;
    closeFirst();
  }

  /// Called by Lincheck when all threads are through.
  @Validate
  public void isExact() {
    long expected = reserved.get() + (firstIsClosed ? 0 : FIRST);
    if (used() != expected) {
      throw new AssertionError("used: " + used() + ", expected: " + expected);
    }
  }

  abstract boolean tryReserve();

  abstract void closeFirst();

  abstract long used();

  /// The real one.
  public static final class Real extends BudgetOperations {
    private final MemoryBudget budget = MemoryBudget.ofBytes(LIMIT);
    private final Reservation first = budget.tryReserve(FIRST).orElseThrow();

    @Override
    boolean tryReserve() {
      return budget.tryReserve(MORE).isPresent();
    }

    @Override
    void closeFirst() {
      first.close();
    }

    @Override
    long used() {
      return budget.usedBytes();
    }
  }

  /// Looks whether there is room, and then takes it.
  public static final class LooksThenTakes extends Flawed {
    @Override
    boolean tryReserve() {
      if (used.get() + MORE > LIMIT) {
        return false;
      }
      used.addAndGet(MORE);
      return true;
    }
  }

  /// Looks whether it is closed, and then closes it.
  public static final class LooksThenCloses extends Flawed {
    @Override
    void closeFirst() {
      if (!closed.get()) {
        closed.set(true);
        used.addAndGet(-FIRST);
      }
    }
  }

  /// What one thread after the other would see.
  public static final class Specification {
    private boolean reserved;

    public boolean reserve() {
      boolean done = !reserved;
      reserved = true;
      return done;
    }

    public void close() {
      // Gives too little back for one more.
    }
  }

  /// A twin, of which each heir breaks one method.
  abstract static class Flawed extends BudgetOperations {
    final AtomicLong used = new AtomicLong(FIRST);
    final AtomicBoolean closed = new AtomicBoolean();

    @Override
    boolean tryReserve() {
      while (true) {
        long now = used.get();
        if (now + MORE > LIMIT) {
          return false;
        }
        if (used.compareAndSet(now, now + MORE)) {
          return true;
        }
      }
    }

    @Override
    void closeFirst() {
      if (closed.compareAndSet(false, true)) {
        used.addAndGet(-FIRST);
      }
    }

    @Override
    long used() {
      return used.get();
    }
  }
}
