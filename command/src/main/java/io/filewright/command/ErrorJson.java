package io.filewright.command;

import io.filewright.error.FailureDetails.Errno;
import io.filewright.error.FileException;

/// A failure as data.
final class ErrorJson {

  private ErrorJson() {}

  static JsonObject of(FileException error) {
    return new JsonObject()
        .put("type", error.getClass().getSimpleName())
        .put("message", error.getMessage())
        .put(error.path())
        .put("operation", error.operation())
        .put("errno", error.details().errno().map(Errno::number).orElse(null));
  }
}
