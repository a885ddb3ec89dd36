package io.filewright.stream;

import io.filewright.AtomicFile;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// New content of a file in the making, begun by [ChunkSink#open].
///
/// ```
///   write ... ──> commit ──> close     the new content
///     └─────────────┴──────> close     the old content
/// ```
///
/// It holds one buffer of the budget until it is committed or closed, and at most 64 KiB of the
/// heap. Whatever fails, a sync behind what is written too, rolls everything back at once: the
/// target is what it was, the memory is given back, and the first failure is thrown again by every
/// further call but `close`.
///
/// Methods do their work on the calling thread, wait for the disk, and are not disturbed by
/// interrupts, which stay pending. An object can be used by any threads; they take turns.
public final class ChunkWriter implements AutoCloseable {

  private final AtomicFile file;
  private final PooledBuffer buffer;
  private final MemorySegment memory;
  private final ReentrantLock turn = new ReentrantLock();
  private final WriteBehind behind;
  private long gatheredBytes;
  private long byteSize;
  private @Nullable Throwable failure;
  private boolean ended;

  /// @param file not written yet; closed with this, like the buffer
  ChunkWriter(AtomicFile file, PooledBuffer buffer) {
    this(file, buffer, file::sync);
  }

  /// @param sync of the file
  ChunkWriter(AtomicFile file, PooledBuffer buffer, WriteBehind.Sync sync) {
    this.file = file;
    this.buffer = buffer;
    // SAFETY: used only in turn, and not after `end`, which gives the buffer back.
    this.memory = buffer.memory();
    this.behind = new WriteBehind(sync, this::failBehind);
  }

  /// The file to be written, as the caller named it.
  public Path target() {
    return file.target();
  }

  /// How many bytes have been written so far.
  public long byteSize() {
    turn.lock();
    try {
      return byteSize;
    } finally {
      turn.unlock();
    }
  }

  /// Adds all of a segment.
  public void write(MemorySegment source) throws FileException {
    run(() -> append(source));
  }

  /// Adds all that remains in a buffer.
  public void write(ByteBuffer source) throws FileException {
    run(
        () -> {
          append(MemorySegment.ofBuffer(source));
          var _ = source.position(source.limit());
        });
  }

  /// Adds all of a chunk, which stays open.
  ///
  /// @throws io.filewright.error.Truncated if the chunk's own file has become shorter
  public void write(Chunk source) throws FileException {
    run(
        () -> {
          var _ =
              source.apply(
                  content -> {
                    append(content);
                    return true;
                  });
        });
  }

  /// Puts the new content in the target's place, see [AtomicFile#commit].
  public void commit() throws FileException {
    run(
        () -> {
          flush();
          file.commit();
          end();
        });
  }

  /// Ends this. Without a commit what was written is removed and the target stays. Idempotent.
  ///
  /// @throws FileException if what was written cannot be removed
  @Override
  public void close() throws FileException {
    turn.lock();
    try {
      if (!ended) {
        end();
      }
    } finally {
      turn.unlock();
    }
  }

  private interface Step {
    void run() throws FileException;
  }

  private void run(Step step) throws FileException {
    turn.lock();
    try {
      if (failure != null) {
        throw asThrown(failure);
      }
      if (ended) {
        throw new AlreadyClosed("ChunkWriter [" + FailureDetails.printable(target()) + "]");
      }
      try {
        step.run();
      } catch (FileException | RuntimeException | Error e) { // half of a write may be there
        rollBack(e);
        throw e;
      }
    } finally {
      turn.unlock();
    }
  }

  /// A sync that finds the file closed has come too late to fail.
  private void failBehind(Throwable reason) {
    turn.lock();
    try {
      if (!ended) {
        rollBack(reason);
      }
    } finally {
      turn.unlock();
    }
  }

  private void rollBack(Throwable reason) {
    failure = reason;
    try {
      if (!ended) {
        end();
      }
    } catch (FileException e) {
      reason.addSuppressed(e);
    }
  }

  private static FileException asThrown(Throwable failure) {
    return switch (failure) {
      case FileException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new AssertionError("nothing else is thrown", failure);
    };
  }

  private void end() throws FileException {
    ended = true;
    buffer.close();
    file.close();
  }

  private void append(MemorySegment source) throws FileException {
    if (source.isNative() && source.byteSize() >= memory.byteSize()) {
      flush();
      file.write(source);
    } else {
      gather(source);
    }
    byteSize += source.byteSize();
    behind.reached(file.byteSize());
  }

  private void gather(MemorySegment source) throws FileException {
    long done = 0;
    while (done < source.byteSize()) {
      if (gatheredBytes == memory.byteSize()) {
        flush();
      }
      long size = Math.min(source.byteSize() - done, memory.byteSize() - gatheredBytes);
      MemorySegment.copy(source, done, memory, gatheredBytes, size);
      gatheredBytes += size;
      done += size;
    }
  }

  private void flush() throws FileException {
    if (gatheredBytes > 0) {
      file.write(memory.asSlice(0, gatheredBytes));
      gatheredBytes = 0;
    }
  }
}
