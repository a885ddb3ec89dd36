package io.filewright.server;

import io.filewright.FileRuntime;
import io.filewright.error.AlreadyClosed;
import io.filewright.stream.Borrowed;
import io.filewright.stream.LazyLoader;
import io.netty.util.IllegalReferenceCountException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Files that stay open between two requests, as long as their identity, time and size stay.
///
/// ```
///   glance ──> looked at within this second ──> the file
///   open ────> LazyLoader: one stat, and an open unless nothing has changed
/// ```
///
/// So a change is seen after a second at most. Safe for any threads.
final class OpenFiles implements AutoCloseable {

  /// How many files are known without a look; those beyond are looked at for each request.
  private static final int MOST_FRESH = 4_096;

  private final LazyLoader<String, ServedFile> files;
  private volatile Map<String, Borrowed<ServedFile>> fresh = new ConcurrentHashMap<>();

  /// @param limitBytes what open files may count for together
  OpenFiles(FileRuntime runtime, Path root, long limitBytes) {
    this.files =
        LazyLoader.<String, ServedFile>builder(
                limitBytes,
                relative -> ServedFile.open(runtime, root, relative),
                ServedFile::weight)
            .watching(root::resolve)
            .disposer(ServedFile::release)
            .build();
  }

  /// A file that was looked at within this second. Never waits.
  ///
  /// @return to be released by the caller
  Optional<ServedFile> glance(String relative) {
    Borrowed<ServedFile> known = fresh.get(relative);
    if (known == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(known.value().retain());
    } catch (IllegalReferenceCountException | AlreadyClosed _) {
      return Optional.empty(); // the second has just ended
    }
  }

  /// A file as it is now. Waits for the disk.
  ///
  /// @return to be released by the caller
  @SuppressWarnings("ReferenceEquality") // of two seconds with the same files
  ServedFile open(String relative) throws IOException, InterruptedException {
    Borrowed<ServedFile> borrowed = files.get(relative);
    ServedFile file = borrowed.value().retain();
    var current = fresh;
    boolean kept = current.size() < MOST_FRESH && current.putIfAbsent(relative, borrowed) == null;
    if (!kept) {
      borrowed.close();
    } else if (current != fresh && current.remove(relative, borrowed)) {
      borrowed.close(); // it came too late for that second
    }
    return file;
  }

  /// Ends the second: whatever is asked for from now on is looked at again. May wait.
  void age() {
    var before = fresh;
    fresh = new ConcurrentHashMap<>();
    before.forEach(
        (relative, borrowed) -> {
          if (before.remove(relative, borrowed)) {
            borrowed.close();
          }
        });
  }

  @Override
  public void close() {
    age();
    files.close();
  }
}
