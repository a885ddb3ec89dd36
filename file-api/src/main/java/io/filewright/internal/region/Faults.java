package io.filewright.internal.region;

import io.filewright.error.DeviceFailed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.Truncated;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The two things that can happen to a mapped file, as exceptions.
public final class Faults {

  private Faults() {}

  /// The file ends within the range, or gives fewer bytes than it says it has.
  ///
  /// @param fileSize the file's size now
  public static FileException truncated(
      Path path, String operation, long from, long to, long fileSize, @Nullable Throwable cause) {
    var details =
        fileSize < to
            ? FailureDetails.of(
                path,
                operation,
                "the file has become shorter, it now ends at byte " + fileSize,
                "Something else truncates the file while it is read: open it again, or read a"
                    + " snapshot of it")
            : FailureDetails.of(
                path,
                operation,
                "the file gives fewer than the " + fileSize + " bytes that it says it has",
                "Files that the kernel makes up do so, as below /sys: read them by java.nio; or"
                    + " something truncated the file and restored it meanwhile");
    return new Truncated(details.withRange(from, to - from), cause);
  }

  /// The range could not be had though it lies in the file.
  public static FileException deviceFailed(
      Path path, String operation, long from, long to, Throwable cause) {
    return new DeviceFailed(
        FailureDetails.of(
                path,
                operation,
                "the device could not deliver the page",
                "Check the disk and the kernel log; or something truncated the file and restored it"
                    + " meanwhile")
            .withRange(from, to - from),
        cause);
  }
}
