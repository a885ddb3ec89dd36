package io.filewright.stream;

import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.NotFound;
import io.filewright.error.Unsupported;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Wakes who waits for something to happen in a directory: inotify(7) on Linux. Which thing it was
/// nobody is told, since what follows looks for itself.
final class DirectoryWatch implements AutoCloseable {

  private final WatchService service;

  private DirectoryWatch(WatchService service) {
    this.service = service;
  }

  /// @param file whose directory is watched
  static DirectoryWatch of(Path file) throws FileException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new Unsupported(
          FailureDetails.of(file, "follow", "this is no file's name", "Name a file"));
    }
    try {
      var service = directory.getFileSystem().newWatchService();
      var watch = new DirectoryWatch(service);
      watch.register(directory);
      return watch;
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new NotFound(
          FailureDetails.of(file, "follow", "there is no directory " + directory, "Check the path"),
          e);
    } catch (IOException e) {
      throw new Unsupported(
          FailureDetails.of(
              file,
              "follow",
              "the directory cannot be watched: " + e.getMessage(),
              "Check the system's limits on inotify"),
          e);
    }
  }

  private void register(Path directory) throws IOException {
    boolean done = false;
    try {
      directory.register(
          service,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_DELETE);
      done = true;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  /// Returns when something has happened since the last call, or when it was closed, or in the end.
  void await(Duration most) throws InterruptedException {
    try {
      WatchKey key = service.poll(most.toMillis(), TimeUnit.MILLISECONDS);
      if (key != null) {
        key.pollEvents();
        key.reset();
      }
    } catch (ClosedWatchServiceException _) {
      // Then there is nothing to wait for.
    }
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
