package io.filewright.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/// A hint about a region was given to the kernel.
@Name("io.filewright.Advise")
@Label("Advise")
@Description("A hint about a region was given to the kernel.")
@Category("Filewright")
@StackTrace(true)
public final class AdviseEvent extends Event {

  /// An event that has not begun.
  public AdviseEvent() {}

  @Label("Path")
  public @Nullable String path;

  @Label("Advice")
  public @Nullable String advice;

  @Label("Offset")
  public long byteOffset;

  @Label("Size")
  @DataAmount
  public long byteSize;

  @Label("Applied")
  public boolean applied;
}
