package io.filewright.error;

import org.jspecify.annotations.Nullable;

/// The path names a FIFO, a socket or a device: something that cannot be mapped and may never end.
public final class NotRegularFile extends FileException {

  private static final long serialVersionUID = 1L;

  public NotRegularFile(FailureDetails details) {
    this(details, null);
  }

  public NotRegularFile(FailureDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
