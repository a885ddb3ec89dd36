package io.filewright.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.filewright.AsyncFileHandle;
import io.filewright.FileState;
import io.filewright.MmapRegion;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/// Races for the end of a handle.
public final class HandleStress {

  private HandleStress() {}

  /// A cancel against a load that becomes ready.
  @JCStressTest
  @Outcome(id = "true, false, 0", expect = ACCEPTABLE, desc = "It was cancelled.")
  @Outcome(id = "false, true, 0", expect = ACCEPTABLE, desc = "It was ready before.")
  @Outcome(expect = FORBIDDEN, desc = "It ended twice, or never, or something is left.")
  @State
  public static class CancelAgainstReady {
    private final FakeFile file = new FakeFile();
    private final AsyncFileHandle<MmapRegion> handle = file.handle();

    @Actor
    public void canceller(ZZI_Result result) {
      result.r1 = handle.cancel();
    }

    @Actor
    public void loader() {
      file.open();
    }

    @Arbiter
    public void end(ZZI_Result result) {
      result.r2 = handle.isReady();
      handle.close();
      result.r3 = file.held();
    }
  }

  /// A close against a load that becomes ready.
  @JCStressTest
  @Outcome(id = "true, false, 0", expect = ACCEPTABLE, desc = "The close cancelled it.")
  @Outcome(id = "false, true, 0", expect = ACCEPTABLE, desc = "The close closed the region.")
  @Outcome(expect = FORBIDDEN, desc = "It ended twice, or never, or something is left.")
  @State
  public static class CloseAgainstReady {
    private final FakeFile file = new FakeFile();
    private final AsyncFileHandle<MmapRegion> handle = file.handle();

    @Actor
    public void closer() {
      handle.close();
    }

    @Actor
    public void loader() {
      file.open();
    }

    @Arbiter
    public void end(ZZI_Result result) {
      result.r1 = handle.state() instanceof FileState.Failed;
      result.r2 = handle.isReady();
      result.r3 = file.held();
    }
  }
}
