package io.filewright.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/// A file became a region: from the call of open until it was ready or had failed.
@Name("io.filewright.RegionLoad")
@Label("Region Load")
@Description("A file became a region: from the call of open until it was ready or had failed.")
@Category("Filewright")
@StackTrace(false)
public final class RegionLoadEvent extends Event {

  /// An event that has not begun.
  public RegionLoadEvent() {}

  @Label("Path")
  public @Nullable String path;

  @Label("Backing")
  public @Nullable String backing;

  @Label("Size")
  @DataAmount
  public long byteSize;

  @Label("Prefaulted")
  @DataAmount
  public long prefaultedBytes;

  @Label("Error")
  public @Nullable String error;
}
