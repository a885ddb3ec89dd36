package io.filewright.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Mistakes on purpose, which have to be found: otherwise it proves nothing that none is found in
/// the real classes.
public final class PlantedStress {

  private PlantedStress() {}

  /// A release which is a look and a write.
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "Both references are back.")
  @Outcome(expect = FORBIDDEN, desc = "A reference is lost, so the memory stays for ever.")
  @State
  public static class ReleaseInTwoSteps {
    private volatile int references = 2;

    @Actor
    public void one() {
      release();
    }

    @Actor
    public void other() {
      release();
    }

    @Arbiter
    public void left(I_Result result) {
      result.r1 = references;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the mistake
    private void release() {
      references--;
    }
  }

  /// A cancel and a ready which look at the state, and then set it.
  @JCStressTest
  @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "It was cancelled.")
  @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "It was ready before.")
  @Outcome(expect = FORBIDDEN, desc = "It ended twice.")
  @State
  public static class SettleWithoutComparing {
    private volatile boolean ended;

    @Actor
    public void canceller(ZZ_Result result) {
      result.r1 = settle();
    }

    @Actor
    public void loader(ZZ_Result result) {
      result.r2 = settle();
    }

    private boolean settle() {
      if (ended) {
        return false;
      }
      ended = true;
      return true;
    }
  }
}
