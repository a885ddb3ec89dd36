package io.filewright.error;

import org.jspecify.annotations.Nullable;

/// The operation was cancelled by the caller; the work was stopped and everything it held was
/// released.
public final class Cancelled extends FileException {

  private static final long serialVersionUID = 1L;

  public Cancelled(FailureDetails details) {
    this(details, null);
  }

  public Cancelled(FailureDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
