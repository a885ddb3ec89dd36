package io.filewright.error;

import org.jspecify.annotations.Nullable;

/// No space is left on the device, or a quota is used up.
public final class NoSpace extends FileException {

  private static final long serialVersionUID = 1L;

  public NoSpace(FailureDetails details) {
    this(details, null);
  }

  public NoSpace(FailureDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
