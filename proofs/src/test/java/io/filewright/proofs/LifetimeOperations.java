package io.filewright.proofs;

import io.filewright.proofs.FlawedWord.Mistake;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;

/// What threads do with a lifetime. Each holds at most one reference; the memory is a version,
/// which a resize replaces, and 0 when it is gone.
@Param(name = "thread", gen = ThreadIdGen.class)
public abstract class LifetimeOperations {

  private static final int MOST_THREADS = 8;

  private final Word lifetime;
  private final int[] held = new int[MOST_THREADS];
  private final AtomicInteger mapped = new AtomicInteger(1);
  private final AtomicInteger ends = new AtomicInteger();
  private volatile boolean closed;

  LifetimeOperations(Function<Runnable, Word> lifetime) {
    this.lifetime = lifetime.apply(new End());
  }

  /// What a holder of a reference finds.
  public enum Touch {
    NOTHING_HELD,
    MEMORY,
    GONE
  }

  @Operation(params = "thread")
  public boolean acquire(int thread) {
    if (held[thread] != 0 || !lifetime.tryAcquire()) {
      return false;
    }
    held[thread] = mapped.get();
    return true;
  }

  /// Touches the memory a last time, then lets go.
  @Operation(params = "thread")
  public Touch release(int thread) {
    if (held[thread] == 0) {
      return Touch.NOTHING_HELD;
    }
    Touch touch = held[thread] == mapped.get() ? Touch.MEMORY : Touch.GONE;
    held[thread] = 0;
    lifetime.release();
    return touch;
  }

  @Operation
  public boolean close() {
    closed = true;
    return lifetime.close();
  }

  /// Replaces the memory if nobody else holds a reference. Whether it did is not looked at: of two,
  /// both may be refused because of each other.
  @Operation
  public void resize() {
    if (lifetime.tryAcquire()) {
      lifetime.tryAlone(new NextVersion());
      lifetime.release();
    }
  }

  /// Called by Lincheck when all threads are through.
  @Validate
  public void endsOnce() {
    boolean over = closed && Arrays.stream(held).allMatch(version -> version == 0);
    if (ends.get() != (over ? 1 : 0)) {
      throw new AssertionError("it is " + (over ? "" : "not ") + "over, and has ended: " + ends);
    }
  }

  // Not lambdas: Lincheck cannot look into their objects, and says so on the console.

  private final class End implements Runnable {
    @Override
    public void run() {
      mapped.set(0);
      ends.incrementAndGet();
    }
  }

  private final class NextVersion implements Runnable {
    @Override
    public void run() {
      mapped.incrementAndGet();
    }
  }

  /// The real one.
  public static final class Real extends LifetimeOperations {
    public Real() {
      super(Word::real);
    }
  }

  public static final class AcquiresWithoutComparing extends LifetimeOperations {
    public AcquiresWithoutComparing() {
      super(end -> new FlawedWord(Mistake.ACQUIRES_WITHOUT_COMPARING, end));
    }
  }

  public static final class ReleasesInTwoSteps extends LifetimeOperations {
    public ReleasesInTwoSteps() {
      super(end -> new FlawedWord(Mistake.RELEASES_IN_TWO_STEPS, end));
    }
  }

  public static final class ReleaseDoesNotEnd extends LifetimeOperations {
    public ReleaseDoesNotEnd() {
      super(end -> new FlawedWord(Mistake.RELEASE_DOES_NOT_END, end));
    }
  }

  public static final class CloseEndsAtOnce extends LifetimeOperations {
    public CloseEndsAtOnce() {
      super(end -> new FlawedWord(Mistake.CLOSE_ENDS_AT_ONCE, end));
    }
  }

  public static final class AloneIgnoresReferences extends LifetimeOperations {
    public AloneIgnoresReferences() {
      super(end -> new FlawedWord(Mistake.ALONE_IGNORES_REFERENCES, end));
    }
  }

  public static final class AcquireIgnoresAlone extends LifetimeOperations {
    public AcquireIgnoresAlone() {
      super(end -> new FlawedWord(Mistake.ACQUIRE_IGNORES_ALONE, end));
    }
  }

  /// What one thread after the other would see.
  public static final class Specification {

    private final boolean[] held = new boolean[MOST_THREADS];
    private boolean closed;

    public boolean acquire(int thread) {
      if (held[thread] || closed) {
        return false;
      }
      held[thread] = true;
      return true;
    }

    public Touch release(int thread) {
      if (!held[thread]) {
        return Touch.NOTHING_HELD;
      }
      held[thread] = false;
      return Touch.MEMORY;
    }

    public boolean close() {
      boolean closes = !closed;
      closed = true;
      return closes;
    }

    public void resize() {
      // Nobody sees it.
    }
  }
}
