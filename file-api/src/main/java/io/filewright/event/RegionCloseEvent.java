package io.filewright.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/// A region was closed; its memory goes with its last view.
@Name("io.filewright.RegionClose")
@Label("Region Close")
@Description("A region was closed; its memory goes with its last view.")
@Category("Filewright")
@StackTrace(true)
public final class RegionCloseEvent extends Event {

  /// An event that has not begun.
  public RegionCloseEvent() {}

  @Label("Path")
  public @Nullable String path;

  @Label("References still out")
  public long references;
}
