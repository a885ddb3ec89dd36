package io.filewright.internal.os;

import io.filewright.spi.OpenRequest;

/// How openat(2) or openat2(2) is asked for a file, for whoever makes the call by other means than
/// [Os#open]. A request that must stay beneath a directory takes two calls, and is not for here.
public final class OpenCall {

  private final byte[] path;
  private final int flags;
  private final int mode;
  private final long resolve;

  private OpenCall(byte[] path, int flags, int mode, long resolve) {
    this.path = path;
    this.flags = flags;
    this.mode = mode;
    this.resolve = resolve;
  }

  public static OpenCall of(OpenRequest request) {
    return new OpenCall(
        PathBytes.of(request.path()),
        LinuxOpening.flags(request),
        request.intent().creates() ? LinuxOpening.NEW_FILE_MODE : 0,
        LinuxOpening.resolve(request));
  }

  /// The path as the kernel knows it, without the zero at its end. Not to be changed.
  public byte[] path() {
    return path;
  }

  public int flags() {
    return flags;
  }

  /// Permissions of a file that is created.
  public int mode() {
    return mode;
  }

  /// Rules for the way to the file, which only openat2 takes; 0 if there are none.
  public long resolve() {
    return resolve;
  }
}
