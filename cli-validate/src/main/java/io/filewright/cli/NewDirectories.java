package io.filewright.cli;

import io.filewright.error.DeviceFailed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.PermissionDenied;
import io.filewright.spi.OpenedDirectory;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/// Directories that an output needed and that were not there.
final class NewDirectories {

  private final OutputPlace place;
  private final Deque<Path> created = new ArrayDeque<>();

  private NewDirectories(OutputPlace place) {
    this.place = place;
  }

  /// Creates those that are missing above a file.
  static NewDirectories above(Path path, OutputPlace place) throws FileException {
    var directories = new NewDirectories(place);
    Deque<Path> missing = new ArrayDeque<>();
    Path at = path.toAbsolutePath().getParent();
    while (at != null && Files.notExists(at)) {
      missing.push(at);
      at = at.getParent();
    }
    boolean done = false;
    try {
      for (Path directory : missing) {
        directories.create(directory);
      }
      done = true;
      return directories;
    } catch (FileException e) {
      throw e;
    } catch (IOException e) {
      throw failure(path, e);
    } finally {
      if (!done) {
        directories.removeEmpty();
      }
    }
  }

  /// The directory that something is in.
  static Path parent(Path path) {
    return Objects.requireNonNull(path.toAbsolutePath().getParent(), "only a root has no parent");
  }

  private void create(Path directory) throws IOException {
    try (OpenedDirectory parent = place.hold(parent(directory))) {
      Path held = parent.path().resolve(directory.getFileName());
      try {
        var _ = Files.createDirectory(held);
        created.push(directory);
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(held)) {
          throw e;
        }
      }
    }
  }

  private static FileException failure(Path path, IOException error) {
    var details =
        FailureDetails.of(
            path,
            "createDirectory",
            "a directory above it cannot be created: " + Names.printable(Diagnosis.reason(error)),
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
        Path directory = created.pop();
        try (OpenedDirectory parent = place.hold(parent(directory))) {
          Files.delete(parent.path().resolve(directory.getFileName()));
        }
      }
    } catch (IOException _) {
      created.clear();
    }
  }
}
