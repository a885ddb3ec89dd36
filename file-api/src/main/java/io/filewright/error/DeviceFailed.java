package io.filewright.error;

import org.jspecify.annotations.Nullable;

/// The device or the file system under the file reported an error (EIO and its kin).
public final class DeviceFailed extends FileException {

  private static final long serialVersionUID = 1L;

  public DeviceFailed(FailureDetails details) {
    this(details, null);
  }

  public DeviceFailed(FailureDetails details, @Nullable Throwable cause) {
    super(details, cause);
  }
}
