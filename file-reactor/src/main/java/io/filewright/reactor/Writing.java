package io.filewright.reactor;

import io.filewright.AtomicFile;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.FileException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/// A replacement that exists before anything is opened, so that a cancel always finds something to
/// close. Calls take turns: a close waits for the write that is under way.
final class Writing {

  private final Path path;
  private final ReentrantLock turn = new ReentrantLock();
  private @Nullable AtomicFile file;
  private boolean closed;

  Writing(Path path) {
    this.path = path;
  }

  /// Makes sure that the file can be written, before its content is asked for.
  ///
  /// @return nothing
  @Nullable Void open() throws FileException {
    turn.lock();
    try {
      var _ = file();
      return null;
    } finally {
      turn.unlock();
    }
  }

  /// Adds a buffer.
  ///
  /// @throws RuntimeException a failure, as [Exceptions#propagate] packs it
  void write(ByteBuffer source) {
    turn.lock();
    try {
      BlockingThreads.check();
      file().write(source);
    } catch (FileException e) {
      throw Exceptions.propagate(e);
    } finally {
      turn.unlock();
    }
  }

  /// Puts the new content in place.
  ///
  /// @return how many bytes the file has
  long commit() throws FileException {
    turn.lock();
    try {
      AtomicFile whole = file();
      whole.commit();
      return whole.byteSize();
    } finally {
      turn.unlock();
    }
  }

  /// Idempotent. Without a commit the old content stays.
  void close() throws FileException {
    turn.lock();
    try {
      closed = true;
      if (file != null) {
        file.close();
      }
    } finally {
      turn.unlock();
    }
  }

  @SuppressWarnings("MustBeClosed") // with this
  private AtomicFile file() throws FileException {
    if (closed) {
      throw new AlreadyClosed("The write of [" + path + "]");
    }
    if (file == null) {
      file = AtomicFile.replacing(path);
    }
    return file;
  }
}
