package io.filewright.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/// Pages of a region were brought in, by a load or on request.
@Name("io.filewright.Prefault")
@Label("Prefault")
@Description("Pages of a region were brought in, by a load or on request.")
@Category("Filewright")
@StackTrace(false)
public final class PrefaultEvent extends Event {

  /// An event that has not begun.
  public PrefaultEvent() {}

  @Label("Path")
  public @Nullable String path;

  @Label("Offset")
  public long byteOffset;

  @Label("Size")
  @DataAmount
  public long byteSize;
}
