package io.filewright.error;

import org.jspecify.annotations.Nullable;

/// Something else holds the file or the region, so that the operation cannot go on now.
public final class InUse extends FileException {

  private static final long serialVersionUID = 1L;

  public InUse(FailureDetails details) {
    this(details, null);
  }

  public InUse(FailureDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
