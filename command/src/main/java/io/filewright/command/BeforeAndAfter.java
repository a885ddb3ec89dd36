package io.filewright.command;

import io.filewright.FileRuntime;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import java.nio.file.Path;

/// What has become of a file's pages, for the commands that move them.
///
/// @param time what the move took
record BeforeAndAfter(Pages before, Pages after, Millis time) {

  Report report(FileRuntime runtime, Path path) {
    var json =
        new JsonObject()
            .put(path)
            .put("size", after.residency().byteSize())
            .put("state", "Ready")
            .put("engine", runtime.engineName())
            .put("pageSize", after.residency().pageSize())
            .put("pages", after.residency().pageCount())
            .put("before", before.json())
            .put("after", after.json())
            .put("millis", time.decimal());
    return Report.success(
        json,
        "%s: %s resident before, %s after, %s"
            .formatted(FailureDetails.printable(path), before, after, time));
  }

  static Report failed(FileRuntime runtime, Path path, FileException error) {
    return Report.failure(
        new JsonObject()
            .put(path)
            .put("size", null)
            .put("state", "Failed")
            .put("engine", runtime.engineName()),
        error);
  }
}
