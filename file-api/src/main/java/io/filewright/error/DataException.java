package io.filewright.error;

import org.jspecify.annotations.Nullable;

/// A failure that a module above the core defines: a limit of its own, or content that is not what
/// it should be. The only kind of [FileException] that is open for extension.
public non-sealed class DataException extends FileException {

  private static final long serialVersionUID = 1L;

  public DataException(FailureDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
