package io.filewright.internal.region;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// When memory may be touched, and when it goes: one atomic word.
///
/// ```
///   bit  63                            2       1        0
///        +-----------------------------+-------+--------+
///        |         references          | alone | closed |
///        +-----------------------------+-------+--------+
/// ```
///
/// Whoever touches the memory holds a reference for that time: a reader, a lease, a slice, a kernel
/// operation in flight. Closing sets the bit and waits for nobody; from then on no reference is
/// given out. Whoever brings the word to `0 | closed`, the closer or the last holder, ends it, and
/// the end runs exactly once, on that thread.
///
/// Who replaces the memory does so alone: only while no other reference is out, and whoever wants
/// one meanwhile waits, spinning, for the few instructions that it takes.
public final class Lifetime {

  private static final VarHandle WORD = word();
  private static final long CLOSED = 1;
  private static final long ALONE = 2;
  private static final long REFERENCE = 4;

  private final Runnable end;

  @SuppressWarnings("UnusedVariable") // accessed through WORD
  private volatile long word;

  /// @param end gives the memory back; must not throw
  public Lifetime(Runnable end) {
    this.end = end;
  }

  /// Takes a reference unless it is closed.
  public boolean tryAcquire() {
    long seen = word;
    while ((seen & CLOSED) == 0) {
      if ((seen & ALONE) != 0) {
        Thread.onSpinWait();
        seen = word;
        continue;
      }
      long witness = (long) WORD.compareAndExchange(this, seen, seen + REFERENCE);
      if (witness == seen) {
        return true;
      }
      seen = witness;
    }
    return false;
  }

  /// Drops a reference that [#tryAcquire] gave.
  public void release() {
    long before = (long) WORD.getAndAdd(this, -REFERENCE);
    if (before < REFERENCE) {
      WORD.getAndAdd(this, REFERENCE);
      throw new IllegalStateException("A reference was released twice.");
    }
    if (before == (REFERENCE | CLOSED)) {
      end.run();
    }
  }

  /// Runs an action while the caller's reference is the only one, and nobody can get another.
  ///
  /// @param action a few instructions: others spin meanwhile; must not throw, nor use this
  /// @return whether it ran; if not, other references are out, or it is closed, or the same
  ///   reference is used for another such action
  public boolean tryAlone(Runnable action) {
    if (!WORD.compareAndSet(this, REFERENCE, REFERENCE | ALONE)) {
      return false;
    }
    action.run();
    WORD.getAndAdd(this, -ALONE);
    return true;
  }

  /// Gives out no reference from now on.
  ///
  /// @return whether this call closed it, which is true once
  public boolean close() {
    long before = (long) WORD.getAndBitwiseOr(this, CLOSED);
    if (before == 0) {
      end.run();
    }
    return (before & CLOSED) == 0;
  }

  /// Whether it is closed; its memory may live on while references are out.
  public boolean isClosed() {
    return (word & CLOSED) != 0;
  }

  /// How many references are out at this moment.
  public long references() {
    return word / REFERENCE;
  }

  private static VarHandle word() {
    try {
      return MethodHandles.lookup().findVarHandle(Lifetime.class, "word", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
