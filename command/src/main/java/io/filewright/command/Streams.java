package io.filewright.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// Standard output and standard error, in UTF-8 whatever the locale says, because JSON is.
///
/// Used by one thread. Failures of standard output end the command, as [OutputFailed]; there is
/// nobody to tell about those of standard error.
final class Streams {

  private final OutputStream out;
  private final OutputStream err;
  private final Terminal terminal;

  Streams(OutputStream out, OutputStream err, Terminal terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /// Those of the process. Not `System.out`, which keeps quiet about a broken pipe.
  static Streams system() {
    return new Streams(
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        Terminal.detect());
  }

  Terminal terminal() {
    return terminal;
  }

  /// Writes a line at once: a reader at the other end of a pipe waits for it.
  void line(String line) {
    bytes((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /// Writes bytes at once, as they are.
  void bytes(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new OutputFailed(e);
    }
  }

  /// One line about a failure.
  void error(String message) {
    onTerminal("filewright: " + message + "\n");
  }

  /// Text that may move the cursor.
  void onTerminal(String text) {
    try {
      err.write(text.getBytes(StandardCharsets.UTF_8));
      err.flush();
    } catch (IOException _) {
      // Nobody reads it.
    }
  }

  /// For picocli's help.
  PrintWriter outWriter() {
    return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
  }

  /// For stacks.
  PrintWriter errWriter() {
    return new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
  }
}
