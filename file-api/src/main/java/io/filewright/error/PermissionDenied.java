package io.filewright.error;

import org.jspecify.annotations.Nullable;

/// The process may not do this with the file.
public final class PermissionDenied extends FileException {

  private static final long serialVersionUID = 1L;

  public PermissionDenied(FailureDetails details) {
    this(details, null);
  }

  public PermissionDenied(FailureDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
