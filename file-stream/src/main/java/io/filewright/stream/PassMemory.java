package io.filewright.stream;

import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.MemoryLimitExceeded;
import io.filewright.internal.blocks.Buffer;
import io.filewright.internal.blocks.Buffers;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// The buffers of one pass over a source: all that it will need, taken before it begins, so that
/// nothing in it waits for memory while it holds some.
final class PassMemory implements Buffers, AutoCloseable {

  private final BufferPool pool;
  private final int count;
  private final ReentrantLock lock = new ReentrantLock();

  /// The last one given back goes out first: it is still in the processor's cache.
  private final Deque<Kept> free = new ArrayDeque<>();

  private boolean closed;

  private PassMemory(BufferPool pool, List<PooledBuffer> buffers) {
    this.pool = pool;
    this.count = buffers.size();
    buffers.forEach(buffer -> free.add(new Kept(buffer)));
  }

  /// Waits until the pool's budget has room for so many buffers.
  ///
  /// @param pool closed with this, or at once if that fails
  /// @param source what the memory is for, for messages
  /// @param remedy what else would do, as a budget does not know that
  static PassMemory take(BufferPool pool, int count, Path source, String remedy)
      throws FileException, InterruptedException {
    boolean done = false;
    try {
      var memory = new PassMemory(pool, pool.acquire(count));
      done = true;
      return memory;
    } catch (MemoryLimitExceeded e) {
      String cause = "%s for %d buffers".formatted(e.details().cause(), count);
      throw e.with(FailureDetails.of(source, "open", cause, remedy));
    } finally {
      if (!done) {
        pool.close();
      }
    }
  }

  /// @throws IllegalStateException if all are in use
  @Override
  @SuppressWarnings("MustBeClosed") // with what is handed out
  public Buffer take(long byteSize) throws FileException {
    if (byteSize > pool.bufferBytes()) {
      return new Pooled(pool.allocate(byteSize));
    }
    lock.lock();
    try {
      Buffer next = free.poll();
      if (next == null) {
        throw new IllegalStateException(
            "All " + count + " chunks of this pass are open; close one before asking for another.");
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /// Buffers that are still out go back to the pool when they are closed. It is closed first, so
  /// that it keeps none of them for later.
  @Override
  public void close() {
    pool.close();
    lock.lock();
    try {
      closed = true;
      free.forEach(Pooled::close);
      free.clear();
    } finally {
      lock.unlock();
    }
  }

  /// @return whether it was taken: not if the pass is over
  private boolean giveBack(Kept buffer) {
    lock.lock();
    try {
      if (!closed) {
        free.push(buffer);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /// As it comes from the pool: one for a record that none of the pass can hold goes back there.
  private static class Pooled extends Buffer {

    private final PooledBuffer pooled;

    Pooled(PooledBuffer pooled) {
      super(pooled.memory());
      this.pooled = pooled;
    }

    @Override
    public MemorySegment segment(Arena arena) {
      return pooled.segment(arena);
    }

    @Override
    public void close() {
      pooled.close();
    }
  }

  /// One of the pass, which goes back to it as long as it lasts.
  private final class Kept extends Pooled {

    Kept(PooledBuffer pooled) {
      super(pooled);
    }

    @Override
    public void close() {
      if (!giveBack(this)) {
        super.close();
      }
    }
  }
}
