package io.filewright.memory;

import java.util.List;

/// A use, in bytes, at which somebody is told.
record Watermark(long bytes, Runnable action) {

  boolean isReached(long before, long now) {
    return before < bytes && bytes <= now;
  }

  /// Off the reserving thread: a listener may wait, or reserve itself.
  static void run(List<Runnable> reached) {
    reached.forEach(action -> Thread.ofVirtual().name("filewright-pressure").start(action));
  }
}
