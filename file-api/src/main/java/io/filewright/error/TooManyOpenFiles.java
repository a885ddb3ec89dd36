package io.filewright.error;

import org.jspecify.annotations.Nullable;

/// The process or the system has no file descriptor left.
public final class TooManyOpenFiles extends FileException {

  private static final long serialVersionUID = 1L;

  public TooManyOpenFiles(FailureDetails details) {
    this(details, null);
  }

  public TooManyOpenFiles(FailureDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
