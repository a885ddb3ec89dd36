package io.filewright.command;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Standard output does not take any more.
final class OutputFailed extends UncheckedIOException {

  private static final long serialVersionUID = 1L;

  OutputFailed(IOException cause) {
    super("standard output: " + cause.getMessage() + ".", cause);
  }

  /// Whether the reader has left, as `head` does when it has seen enough. The JDK says so only in
  /// the text of strerror(3).
  boolean isBrokenPipe() {
    return String.valueOf(getMessage()).contains("Broken pipe");
  }
}
