package io.filewright.bench.kit;

import io.filewright.bench.Arguments;
import io.filewright.bench.ProcStatus;

/// Waits until mappings that only the garbage collector ends are gone: as long as one is left, the
/// file cannot be dropped from the page cache for whoever is next.
public final class Unmapping {

  private static final int ATTEMPTS = 100;

  private static final int PAUSE_MILLIS = 20;

  private Unmapping() {}

  /// To be called when no reference to a mapped buffer is left.
  public static void await(Arguments arguments) throws InterruptedException {
    String folder = arguments.get("dir");
    for (int i = 0; i < ATTEMPTS && ProcStatus.SELF.maps(folder); i++) {
      System.gc();
      Thread.sleep(PAUSE_MILLIS);
    }
  }
}
