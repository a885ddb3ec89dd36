package io.filewright.command;

import io.filewright.AsyncFileHandle;
import io.filewright.FileState;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One file of a run, and how far it is. Set by the threads that work on it, read by the one that
/// draws.
final class Job {

  private final Path path;
  private volatile @Nullable AsyncFileHandle<?> handle;
  private volatile long beganNanos;
  private volatile Progress scan = Progress.NOTHING;

  /// How much of a whole is done.
  ///
  /// @param totalBytes 0 if it is not known
  /// @param bytesPerSecond 0 if it is not known
  record Progress(long doneBytes, long totalBytes, double bytesPerSecond) {

    static final Progress NOTHING = new Progress(0, 0, 0);

    Progress plus(Progress other) {
      return new Progress(
          doneBytes + other.doneBytes,
          totalBytes + other.totalBytes,
          bytesPerSecond + other.bytesPerSecond);
    }
  }

  Job(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /// The load that comes next.
  void loads(AsyncFileHandle<?> newHandle) {
    handle = newHandle;
    beganNanos = System.nanoTime();
  }

  /// The load begins now.
  void begins() {
    beganNanos = System.nanoTime();
  }

  /// The time since the load began.
  Millis elapsed() {
    return Millis.since(beganNanos);
  }

  /// How far the content has been looked through.
  void scanned(long doneBytes, long totalBytes) {
    scan = new Progress(doneBytes, totalBytes, 0);
  }

  /// How far a pass over the content is.
  void scans(io.filewright.stream.Progress now) {
    scan = new Progress(now.doneBytes(), now.totalBytes().orElse(0), now.bytesPerSecond());
  }

  Progress progress() {
    AsyncFileHandle<?> current = handle;
    return current != null && current.state() instanceof FileState.Loading(long done, long total)
        ? new Progress(done, Math.max(0, total), 0).plus(scan)
        : scan;
  }
}
