package io.filewright.error;

import org.jspecify.annotations.Nullable;

/// The cap on live regions is reached. It lies far below the point at which a full map table kills
/// the JVM.
public final class TooManyRegions extends FileException {

  private static final long serialVersionUID = 1L;

  public TooManyRegions(FailureDetails details) {
    this(details, null);
  }

  public TooManyRegions(FailureDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
