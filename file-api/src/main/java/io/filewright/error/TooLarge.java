package io.filewright.error;

import org.jspecify.annotations.Nullable;

/// The file, range or result is larger than the stated limit allows.
public final class TooLarge extends FileException {

  private static final long serialVersionUID = 1L;

  public TooLarge(FailureDetails details) {
    this(details, null);
  }

  public TooLarge(FailureDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
