package io.filewright.error;

import org.jspecify.annotations.Nullable;

/// No file has this path, or a directory on the way to it is missing.
public final class NotFound extends FileException {

  private static final long serialVersionUID = 1L;

  public NotFound(FailureDetails details) {
    this(details, null);
  }

  public NotFound(FailureDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
