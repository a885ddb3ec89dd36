package io.filewright.memory;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/// A use, in bytes, at which somebody is told.
record Watermark(long bytes, Runnable action) {

  private static final Logger LOG = System.getLogger("io.filewright.memory");

  boolean isReached(long before, long now) {
    return before < bytes && bytes <= now;
  }

  /// Off the reserving thread: a listener may wait, or reserve itself.
  static void run(List<Runnable> reached) {
    reached.forEach(
        action -> Thread.ofVirtual().name("filewright-pressure").start(() -> tell(action)));
  }

  private static void tell(Runnable action) {
    try {
      action.run();
    } catch (Throwable e) { // nobody waits for it
      LOG.log(Level.WARNING, "A listener to the pressure on a memory budget failed.", e);
    }
  }
}
