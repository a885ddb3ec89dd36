package io.filewright.proofs;

import java.util.concurrent.atomic.AtomicLong;

/// A twin of [io.filewright.internal.region.Lifetime] with one mistake.
final class FlawedWord implements Word {

  private static final long CLOSED = 1;
  private static final long ALONE = 2;
  private static final long REFERENCE = 4;

  private final Runnable end;
  private final Mistake mistake;
  private final AtomicLong word = new AtomicLong();

  FlawedWord(Mistake mistake, Runnable end) {
    this.mistake = mistake;
    this.end = end;
  }

  /// What is wrong with it.
  enum Mistake {
    ACQUIRES_WITHOUT_COMPARING,
    RELEASES_IN_TWO_STEPS,
    RELEASE_DOES_NOT_END,
    CLOSE_ENDS_AT_ONCE,
    ALONE_IGNORES_REFERENCES,
    ACQUIRE_IGNORES_ALONE
  }

  @Override
  public boolean tryAcquire() {
    while (true) {
      long seen = word.get();
      if ((seen & CLOSED) != 0) {
        return false;
      }
      if ((seen & ALONE) != 0 && mistake != Mistake.ACQUIRE_IGNORES_ALONE) {
        Thread.onSpinWait();
      } else if (mistake == Mistake.ACQUIRES_WITHOUT_COMPARING) {
        word.set(seen + REFERENCE);
        return true;
      } else if (word.compareAndSet(seen, seen + REFERENCE)) {
        return true;
      }
    }
  }

  @Override
  public void release() {
    long before;
    if (mistake == Mistake.RELEASES_IN_TWO_STEPS) {
      before = word.get();
      word.set(before - REFERENCE);
    } else {
      before = word.getAndAdd(-REFERENCE);
    }
    if (before == (REFERENCE | CLOSED) && mistake != Mistake.RELEASE_DOES_NOT_END) {
      end.run();
    }
  }

  @Override
  public boolean tryAlone(Runnable action) {
    if (mistake == Mistake.ALONE_IGNORES_REFERENCES) {
      long seen = word.get();
      if ((seen & CLOSED) != 0 || !word.compareAndSet(seen, seen | ALONE)) {
        return false;
      }
    } else if (!word.compareAndSet(REFERENCE, REFERENCE | ALONE)) {
      return false;
    }
    action.run();
    word.getAndAdd(-ALONE);
    return true;
  }

  @Override
  public boolean close() {
    long before = getAndClose();
    boolean closes = (before & CLOSED) == 0;
    if (before == 0 || (closes && mistake == Mistake.CLOSE_ENDS_AT_ONCE)) {
      end.run();
    }
    return closes;
  }

  private long getAndClose() {
    while (true) {
      long seen = word.get();
      if (word.compareAndSet(seen, seen | CLOSED)) {
        return seen;
      }
    }
  }
}
