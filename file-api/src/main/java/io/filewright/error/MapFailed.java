package io.filewright.error;

import org.jspecify.annotations.Nullable;

/// The operating system would not map the file.
public final class MapFailed extends FileException {

  private static final long serialVersionUID = 1L;

  public MapFailed(FailureDetails details) {
    this(details, null);
  }

  public MapFailed(FailureDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
