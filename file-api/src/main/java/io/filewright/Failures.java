package io.filewright;

import io.filewright.error.Cancelled;
import io.filewright.error.DeviceFailed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.Timeout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

/// How a load ends badly.
final class Failures {

  private Failures() {}

  /// The failure itself, without the wrapping that futures add.
  static Throwable unwrapped(Throwable error) {
    Throwable cause = error.getCause();
    return (error instanceof CompletionException || error instanceof ExecutionException)
            && cause != null
        ? unwrapped(cause)
        : error;
  }

  /// A load ends with a [FileException] even when an engine broke its contract.
  static FileException typed(Path path, String operation, Throwable error) {
    return switch (unwrapped(error)) {
      case FileException failure -> failure;
      case RejectedExecutionException _ -> cancelled(path); // the runtime has been closed
      case Throwable failure ->
          new DeviceFailed(
              FailureDetails.of(
                  path,
                  operation,
                  "unexpected " + failure,
                  "This is a defect of the engine; the cause has its stack"),
              failure);
    };
  }

  static Cancelled cancelled(Path path) {
    return new Cancelled(
        FailureDetails.of(
            path, "load", "it was cancelled", "Open the file again if it is still needed"));
  }

  static Timeout timeout(Path path, Duration allowed) {
    return new Timeout(
        FailureDetails.of(
            path,
            "load",
            "it took longer than " + allowed.toMillis() + " ms",
            "Allow more time, bring in less (Prefault), or check the disk"));
  }

  static Timeout waitOver(Path path, Duration allowed) {
    return new Timeout(
        FailureDetails.of(
            path,
            "await",
            "it was not ready within " + allowed.toMillis() + " ms",
            "The load goes on: wait again, or cancel it"));
  }
}
