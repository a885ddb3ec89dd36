package io.filewright.error;

import org.jspecify.annotations.Nullable;

/// The path leads through a symbolic link that the options refuse, or in a circle.
public final class SymlinkLoop extends FileException {

  private static final long serialVersionUID = 1L;

  public SymlinkLoop(FailureDetails details) {
    this(details, null);
  }

  public SymlinkLoop(FailureDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
