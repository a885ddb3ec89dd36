package io.filewright.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.filewright.internal.region.Lifetime;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/// Races for a [Lifetime]. The memory is two plain fields, so that only the lifetime orders what is
/// done to them.
public final class LifetimeStress {

  private static final int REFUSED = 0;
  private static final int TORN = 9;

  private LifetimeStress() {}

  /// A reader against a closer.
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The reader came too late.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The reader had the memory to its end.")
  @Outcome(expect = FORBIDDEN, desc = "The memory went under the reader, or not exactly once.")
  @State
  public static class AcquireAgainstClose extends Memory {

    @Actor
    public void reader(II_Result result) {
      result.r1 = read();
    }

    @Actor
    public void closer() {
      lifetime.close();
    }

    @Arbiter
    public void ends(II_Result result) {
      result.r2 = ends;
    }
  }

  /// A reader against one who replaces the memory; it is closed afterwards.
  @JCStressTest
  @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "The reader was there; no replacement.")
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "The reader had the old memory.")
  @Outcome(id = "2, 1, 1", expect = ACCEPTABLE, desc = "The reader had the new memory.")
  @Outcome(expect = FORBIDDEN, desc = "The memory changed under the reader, or went not once.")
  @State
  public static class AcquireAgainstAlone extends Memory {

    @Actor
    public void reader(III_Result result) {
      result.r1 = read();
    }

    @Actor
    public void resizer(III_Result result) {
      result.r2 = resize() ? 1 : 0;
    }

    @Arbiter
    public void ends(III_Result result) {
      lifetime.close();
      result.r3 = ends;
    }
  }

  /// A closer against one who replaces the memory.
  @JCStressTest
  @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "It was replaced, and went.")
  @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "It was closed before.")
  @Outcome(expect = FORBIDDEN, desc = "It went not exactly once.")
  @State
  public static class CloseAgainstAlone extends Memory {

    @Actor
    public void closer() {
      lifetime.close();
    }

    @Actor
    public void resizer(ZI_Result result) {
      result.r1 = resize();
    }

    @Arbiter
    public void ends(ZI_Result result) {
      result.r2 = ends;
    }
  }

  /// Two closers.
  @JCStressTest
  @Outcome(id = "true, false, 1", expect = ACCEPTABLE, desc = "The first one closed it.")
  @Outcome(id = "false, true, 1", expect = ACCEPTABLE, desc = "The second one closed it.")
  @Outcome(expect = FORBIDDEN, desc = "Nobody closed it, or both did, or it ended not once.")
  @State
  public static class CloseAgainstClose extends Memory {

    @Actor
    public void one(ZZI_Result result) {
      result.r1 = lifetime.close();
    }

    @Actor
    public void other(ZZI_Result result) {
      result.r2 = lifetime.close();
    }

    @Arbiter
    public void ends(ZZI_Result result) {
      result.r3 = ends;
    }
  }

  /// What the lifetime guards.
  public abstract static class Memory {
    final Lifetime lifetime = new Lifetime(this::end);
    int ends;
    private int head = 1;
    private int tail = 1;

    final int read() {
      if (!lifetime.tryAcquire()) {
        return REFUSED;
      }
      int seen = head;
      boolean whole = seen == tail && seen != 0;
      lifetime.release();
      return whole ? seen : TORN;
    }

    /// Replaces the memory, as the only one who uses it.
    final boolean resize() {
      if (!lifetime.tryAcquire()) {
        return false;
      }
      boolean alone = lifetime.tryAlone(() -> set(2));
      lifetime.release();
      return alone;
    }

    final void set(int version) {
      head = version;
      tail = version;
    }

    private void end() {
      set(0);
      ends++;
    }
  }
}
