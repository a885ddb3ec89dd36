package io.filewright.error;

import org.jspecify.annotations.Nullable;

/// This file, file system, engine or platform cannot do what was asked; the message says what can.
public final class Unsupported extends FileException {

  private static final long serialVersionUID = 1L;

  public Unsupported(FailureDetails details) {
    this(details, null);
  }

  public Unsupported(FailureDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
