package io.filewright.stream;

import io.filewright.error.FileException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// One pass over a [ChunkSource].
///
/// May be used by several threads at once: each chunk goes to one of them. At most as many chunks
/// as the reader was opened for may be open at the same time; the memory for them was reserved when
/// it was opened.
public final class ChunkReader implements Batches<Chunk> {

  private final ChunkFeed feed;
  private final PassMemory memory;
  private final StreamEngine engine;
  private final long recordBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean closed;

  /// What was lost with it cannot be had again, so it is the end.
  private @Nullable Throwable failure;

  /// @param recordBytes of a record; 0 if they have no size of their own
  ChunkReader(ChunkFeed feed, PassMemory memory, StreamEngine engine, long recordBytes) {
    this.feed = feed;
    this.memory = memory;
    this.engine = engine;
    this.recordBytes = recordBytes;
  }

  /// How bytes get into memory; what AUTO has chosen.
  public StreamEngine engine() {
    return engine;
  }

  /// The next chunk, still to be read and cut. A failure is told again to who asks again.
  @Override
  public Optional<Claim<Chunk>> claim() throws FileException {
    lock.lock();
    try {
      if (failure != null && !closed) {
        throw Results.rethrown(failure);
      }
      return Optional.ofNullable(closed ? null : feed.claim());
    } catch (FileException | RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /// The next chunk, to be closed by the caller; empty at the end. A failure ends the pass, as a
  /// chunk is missing behind it: it is told again to who asks again.
  ///
  /// @throws io.filewright.error.Truncated if the file has become shorter than it was
  /// @throws io.filewright.error.TooLarge if a record is longer than allowed
  /// @throws IllegalStateException if as many chunks are open as the reader was opened for
  @Override
  public Optional<Chunk> next() throws FileException {
    try {
      return Batches.super.next();
    } catch (FileException | RuntimeException | Error e) {
      fail(e);
      throw e;
    }
  }

  private void fail(Throwable reason) {
    lock.lock();
    try {
      failure = failure == null ? reason : failure;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public BatchPlace place(Chunk chunk) {
    long records = recordBytes == 0 ? 0 : chunk.byteSize() / recordBytes;
    return BatchPlace.of(chunk.path(), chunk.byteOffset(), chunk.byteSize(), records);
  }

  @Override
  public void release(Chunk chunk) {
    chunk.close();
  }

  /// Gives each chunk to a consumer, and closes it behind it.
  public void forEach(ChunkConsumer consumer) throws FileException {
    for (Optional<Chunk> next = next(); next.isPresent(); next = next()) {
      try (Chunk chunk = next.get()) {
        consumer.accept(chunk);
      }
    }
  }

  /// The chunks as a stream, each of them closed when the next one is asked for; failures are
  /// [UncheckedIOException]s with a [FileException] inside. Closing the stream closes the reader.
  public Stream<Chunk> stream() {
    var iterator = new ClosingIterator(this);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(
                iterator, Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .onClose(iterator::closeLast)
        .onClose(this::close);
  }

  /// Ends the pass. Chunks that are open, or being read, stay valid until they are closed.
  /// Idempotent; waits for a thread that is in [#claim].
  @Override
  public void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        feed.close();
        memory.close();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Works on a chunk.
  @FunctionalInterface
  public interface ChunkConsumer {

    /// Called for one chunk after the other.
    void accept(Chunk chunk) throws FileException;
  }

  private static final class ClosingIterator implements Iterator<Chunk> {

    private final ChunkReader reader;
    private Optional<Chunk> last = Optional.empty();
    private Optional<Chunk> next = Optional.empty();

    ClosingIterator(ChunkReader reader) {
      this.reader = reader;
    }

    @Override
    public boolean hasNext() {
      if (next.isEmpty()) {
        closeLast();
        try {
          next = reader.next();
        } catch (FileException e) {
          throw new UncheckedIOException(e);
        }
      }
      return next.isPresent();
    }

    @Override
    public Chunk next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      last = next;
      next = Optional.empty();
      return last.orElseThrow();
    }

    void closeLast() {
      last.ifPresent(Chunk::close);
      last = Optional.empty();
    }
  }
}
