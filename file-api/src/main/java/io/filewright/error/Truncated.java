package io.filewright.error;

import org.jspecify.annotations.Nullable;

/// The file became shorter than the range that is being read. No byte past its end was handed out.
public final class Truncated extends FileException {

  private static final long serialVersionUID = 1L;

  public Truncated(FailureDetails details) {
    this(details, null);
  }

  public Truncated(FailureDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
