package io.filewright.error;

import org.jspecify.annotations.Nullable;

/// The time allowed for the operation is over; the work was stopped and everything it held was
/// released.
public final class Timeout extends FileException {

  private static final long serialVersionUID = 1L;

  public Timeout(FailureDetails details) {
    this(details, null);
  }

  public Timeout(FailureDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
