package io.filewright.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Which of the streams people look at, and how wide it is.
///
/// @param out whether standard output is a terminal
/// @param err whether standard error is one that understands escape sequences
/// @param columns its width in characters
record Terminal(boolean out, boolean err, int columns) {

  /// The launcher tells, for it alone can ask cheaply: `out`, `err`, both or nothing.
  static final String STREAMS_PROPERTY = "filewright.terminal";

  /// The launcher tells the width, too.
  static final String COLUMNS_PROPERTY = "filewright.columns";

  private static final int USUAL_COLUMNS = 80;
  private static final int FEWEST_COLUMNS = 20;

  /// No terminal at all.
  static Terminal none() {
    return new Terminal(false, false, USUAL_COLUMNS);
  }

  /// Asks the launcher, or without one the system. Not `System.console`, which knows only about
  /// standard input and standard output together.
  static Terminal detect() {
    String streams = System.getProperty(STREAMS_PROPERTY);
    boolean out = streams == null ? isTerminal(1) : streams.contains("out");
    boolean err = streams == null ? isTerminal(2) : streams.contains("err");
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    int columns = Integer.getInteger(COLUMNS_PROPERTY, USUAL_COLUMNS);
    return new Terminal(out, err && !dumb, Math.max(FEWEST_COLUMNS, columns));
  }

  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }
}
