package io.filewright.error;

import org.jspecify.annotations.Nullable;

/// The bytes are not UTF-8; [#byteOffset] is where the first malformed sequence begins.
public final class InvalidUtf8 extends FileException {

  private static final long serialVersionUID = 1L;

  public InvalidUtf8(FailureDetails details) {
    this(details, null);
  }

  public InvalidUtf8(FailureDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
