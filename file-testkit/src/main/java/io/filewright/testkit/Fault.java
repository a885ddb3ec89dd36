package io.filewright.testkit;

import io.filewright.error.DeviceFailed;
import io.filewright.error.FailureDetails;
import io.filewright.error.Truncated;
import java.nio.file.Path;
import java.util.concurrent.RejectedExecutionException;

/// What a call of a [FaultyEngine] fails with. A [io.filewright.error.FileException] fails an
/// asynchronous call's stage; anything else is thrown at once, as by an engine in distress.
@FunctionalInterface
public interface Fault {

  /// An input or output error (EIO).
  Fault DEVICE =
      path ->
          new DeviceFailed(
              FailureDetails.of(path, "fault", "an injected device error", "Check the test")
                  .withErrno(5, "EIO"));

  /// The file has become shorter.
  Fault TRUNCATED =
      path ->
          new Truncated(
              FailureDetails.of(path, "fault", "an injected truncation", "Check the test"));

  /// The engine has just been closed.
  Fault REJECTED = _ -> new RejectedExecutionException("injected");

  /// No memory or no thread can be had.
  Fault OUT_OF_MEMORY = _ -> new OutOfMemoryError("injected");

  /// The failure of one call.
  ///
  /// @param path the file concerned, empty if the call has none
  Throwable failure(Path path);
}
