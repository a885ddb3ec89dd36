package io.filewright.error;

import org.jspecify.annotations.Nullable;

/// The path names a directory, which has no bytes to read.
public final class IsDirectory extends FileException {

  private static final long serialVersionUID = 1L;

  public IsDirectory(FailureDetails details) {
    this(details, null);
  }

  public IsDirectory(FailureDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
