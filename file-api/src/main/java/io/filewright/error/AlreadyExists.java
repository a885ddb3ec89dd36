package io.filewright.error;

import org.jspecify.annotations.Nullable;

/// There is a file already where a new one was to be created.
public final class AlreadyExists extends FileException {

  private static final long serialVersionUID = 1L;

  public AlreadyExists(FailureDetails details) {
    this(details, null);
  }

  public AlreadyExists(FailureDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
