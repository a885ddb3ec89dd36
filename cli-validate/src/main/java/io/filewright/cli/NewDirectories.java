package io.filewright.cli;

import io.filewright.error.DeviceFailed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.PermissionDenied;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/// Directories that an output needed and that were not there.
final class NewDirectories {

  private final Deque<Path> created = new ArrayDeque<>();

  private NewDirectories() {}

  /// Creates those that are missing above a file.
  static NewDirectories above(Path path) throws FileException {
    var directories = new NewDirectories();
    Deque<Path> missing = new ArrayDeque<>();
    Path at = path.toAbsolutePath().getParent();
    while (at != null && Files.notExists(at)) {
      missing.push(at);
      at = at.getParent();
    }
    try {
      for (Path directory : missing) {
        directories.create(directory);
      }
      return directories;
    } catch (IOException e) {
      directories.removeEmpty();
      throw failure(path, e);
    }
  }

  private void create(Path directory) throws IOException {
    try {
      var _ = Files.createDirectory(directory);
      created.push(directory);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
  }

  private static FileException failure(Path path, IOException error) {
    var details =
        FailureDetails.of(
            path,
            "createDirectory",
            "a directory above it cannot be created: "
                + FailureDetails.printable(String.valueOf(error.getMessage())),
            "Create it first, and check the permissions");
    return error instanceof AccessDeniedException
        ? new PermissionDenied(details, error)
        : new DeviceFailed(details, error);
  }

  /// There is a file in them now.
  void keep() {
    created.clear();
  }

  /// Removes them again, but for those that others use by now.
  void removeEmpty() {
    try {
      while (!created.isEmpty()) {
        Files.delete(created.pop());
      }
    } catch (IOException _) {
      created.clear();
    }
  }
}
