package io.filewright.command;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/// Takes the place of `java.util.logging`, which would write two lines with a date for what the
/// command can say in one, and costs time to start. Found by the JDK.
public final class LibraryLog extends System.LoggerFinder {

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new Log(name);
  }

  /// Warnings always; the rest only under `--debug`.
  private record Log(String name) implements System.Logger {

    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      var least = Boolean.getBoolean(FilewrightCommand.DEBUG_PROPERTY) ? Level.INFO : Level.WARNING;
      return level.compareTo(least) >= 0 && level != Level.OFF;
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {
      if (isLoggable(level)) {
        System.err.println("filewright: " + message + (thrown == null ? "" : " (" + thrown + ")"));
      }
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object... values) {
      if (isLoggable(level)) {
        log(level, bundle, MessageFormat.format(String.valueOf(format), values), (Throwable) null);
      }
    }
  }
}
