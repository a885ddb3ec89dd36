package io.filewright.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/// A file was opened, or could not be.
@Name("io.filewright.FileOpen")
@Label("File Open")
@Description("A file was opened, or could not be.")
@Category("Filewright")
@StackTrace(false)
public final class FileOpenEvent extends Event {

  /// An event that has not begun.
  public FileOpenEvent() {}

  @Label("Path")
  public @Nullable String path;

  @Label("Engine")
  public @Nullable String engine;

  @Label("Error")
  public @Nullable String error;
}
