package io.filewright.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/// What was written to a region was brought to the disk, while somebody waited for it.
@Name("io.filewright.Force")
@Label("Force")
@Description("What was written to a region was brought to the disk, while somebody waited for it.")
@Category("Filewright")
@StackTrace(false)
public final class ForceEvent extends Event {

  /// An event that has not begun.
  public ForceEvent() {}

  @Label("Path")
  public @Nullable String path;

  @Label("Offset")
  public long byteOffset;

  @Label("Size")
  @DataAmount
  public long byteSize;
}
