package io.filewright.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/// An opened file was looked at: which file system it is in, and what that changes.
@Name("io.filewright.FilePlacement")
@Label("File Placement")
@Description("An opened file was looked at: which file system it is in, and what that changes.")
@Category("Filewright")
@StackTrace(false)
public final class FilePlacementEvent extends Event {

  /// An event that has not begun.
  public FilePlacementEvent() {}

  @Label("Path")
  public @Nullable String path;

  @Label("File System")
  public @Nullable String fileSystem;

  @Label("Kind")
  public @Nullable String kind;

  @Label("Copied Up To")
  @DataAmount
  public long copyBytes;

  @Label("Reason")
  public @Nullable String reason;
}
