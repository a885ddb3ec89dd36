package io.filewright.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/// A region became unreachable without having been closed.
@Name("io.filewright.RegionLeak")
@Label("Region Leak")
@Description("A region became unreachable without having been closed.")
@Category("Filewright")
@StackTrace(false)
public final class RegionLeakEvent extends Event {

  /// An event that has not begun.
  public RegionLeakEvent() {}

  @Label("Path")
  public @Nullable String path;

  @Label("Opened at")
  public @Nullable String openedAt;
}
