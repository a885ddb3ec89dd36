package io.filewright.server;

import io.filewright.FileRuntime;
import io.filewright.error.MemoryLimitExceeded;
import io.filewright.error.TooManyOpenFiles;
import io.filewright.error.TooManyRegions;
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
///   glance ──> looked at within this second ──> a use of the file
///   open ────> LazyLoader: one stat, and an open unless nothing has changed
/// ```
///
/// So a change is seen after a second at most. What a response uses is charged to the limit until
/// its end; what is only remembered goes when others need the room. Safe for any threads.
final class OpenFiles implements AutoCloseable {

  /// How many files are known without a look; those beyond are looked at for each request.
  private static final int MOST_FRESH = 4_096;

  private final LazyLoader<String, ServedFile> files;
  private volatile Map<String, FileUse> fresh = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /// @param limitBytes what open files may count for together
  OpenFiles(FileRuntime runtime, Path root, long limitBytes) {
    this.files =
        LazyLoader.<String, ServedFile>builder(
                limitBytes,
                relative -> ServedFile.open(runtime, root, relative),
                ServedFile::weight)
            .watching(root::resolve)
            .build();
  }

  /// A file that was looked at within this second and has kept its size: one that has become
  /// shorter could not be sent. Waits no longer than the system takes to tell an open file's size.
  ///
  /// @return to be released by the caller
  Optional<FileUse> glance(String relative) {
    Map<String, FileUse> now = fresh;
    FileUse known = now.get(relative);
    if (known == null) {
      return Optional.empty();
    }
    try {
      known.retain();
    } catch (IllegalReferenceCountException _) {
      return Optional.empty(); // the second has just ended
    }
    if (known.file().hasItsSize()) {
      return Optional.of(known);
    }
    known.release();
    forget(now, relative, known);
    return Optional.empty();
  }

  /// A file as it is now. Waits for the disk.
  ///
  /// @return to be released by the caller
  /// @throws MemoryLimitExceeded if all that the limit allows is in use by responses
  FileUse open(String relative) throws IOException, InterruptedException {
    var use = new FileUse(borrow(relative));
    remember(relative, use);
    return use;
  }

  /// Ends the second: whatever is asked for from now on is looked at again. May wait. One at a
  /// time, so that its end means that all which nobody sends can go.
  synchronized void age() {
    Map<String, FileUse> past = fresh;
    fresh = new ConcurrentHashMap<>();
    past.forEach((relative, use) -> forget(past, relative, use));
  }

  /// Closes what nobody sends. May wait.
  void letGo() {
    age();
    files.invalidateAll();
  }

  /// What is looked up meanwhile is not remembered. Idempotent.
  @Override
  public void close() {
    closed = true;
    age();
    files.close();
  }

  private Borrowed<ServedFile> borrow(String relative) throws IOException, InterruptedException {
    try {
      return files.get(relative);
    } catch (MemoryLimitExceeded _) {
      age(); // what is only remembered makes room
    } catch (TooManyOpenFiles | TooManyRegions _) {
      letGo(); // the loader makes room for bytes only
    }
    return files.get(relative);
  }

  /// Looks again after the entry: whoever ended that second, or closed this, may have passed it by.
  @SuppressWarnings("ReferenceEquality") // of two seconds with the same files
  private void remember(String relative, FileUse use) {
    Map<String, FileUse> now = fresh;
    if (now.size() >= MOST_FRESH) {
      return;
    }
    use.retain();
    if (now.putIfAbsent(relative, use) != null) {
      use.release(); // somebody else looked at the same time
    } else if (closed || now != fresh) {
      forget(now, relative, use);
    }
  }

  private static void forget(Map<String, FileUse> second, String relative, FileUse use) {
    if (second.remove(relative, use)) {
      use.release();
    }
  }
}
