package io.filewright;

import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.IsDirectory;
import io.filewright.error.NotFound;
import io.filewright.error.NotRegularFile;
import io.filewright.internal.portable.PortableErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// Questions about a path that need no descriptor.
final class PathQuery {

  private PathQuery() {}

  /// A question; may block.
  @FunctionalInterface
  interface Question<T> {
    T ask(Path path) throws FileException;
  }

  /// Only "there is no such file" is a no: what cannot be found out is an error.
  static Boolean exists(Path path) throws FileException {
    try {
      Files.readAttributes(path, BasicFileAttributes.class);
      return true;
    } catch (IOException e) {
      FileException failure = PortableErrors.typed(path, "exists", e);
      if (failure instanceof NotFound) {
        return false;
      }
      throw failure;
    }
  }

  static Long size(Path path) throws FileException {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isRegularFile()) {
        return attributes.size();
      }
      throw attributes.isDirectory()
          ? new IsDirectory(
              FailureDetails.of(path, "size", "it is a directory", "Name a file inside it"))
          : new NotRegularFile(
              FailureDetails.of(path, "size", "it is not a regular file", "Name a regular file"));
    } catch (IOException e) {
      throw PortableErrors.typed(path, "size", e);
    }
  }
}
