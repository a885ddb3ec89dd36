package io.filewright.command;

import io.filewright.error.FileException;
import java.util.List;
import java.util.Optional;

/// What has come of one file.
///
/// @param json for programs
/// @param lines for people
/// @param failure why the command could not do its work on it
record Report(JsonObject json, List<String> lines, Optional<FileException> failure) {

  static Report success(JsonObject json, String... lines) {
    return new Report(json, List.of(lines), Optional.empty());
  }

  /// A file that could not be worked on.
  ///
  /// @param json what is known all the same; the error is added to it
  static Report failure(JsonObject json, FileException error, String... lines) {
    return new Report(json.put("error", ErrorJson.of(error)), List.of(lines), Optional.of(error));
  }
}
