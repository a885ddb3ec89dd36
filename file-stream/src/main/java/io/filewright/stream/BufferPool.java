package io.filewright.stream;

import com.google.errorprone.annotations.MustBeClosed;
import io.filewright.FileRuntime;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.FileException;
import io.filewright.internal.region.ReservedMemory;
import io.filewright.memory.MemoryBudget;
import io.filewright.memory.Reclaimable;
import io.filewright.memory.Registration;
import io.filewright.memory.Reservation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Buffers of one size outside the heap, used again and again: fresh memory costs about 1.6 us a
/// page on first touch.
///
/// Each buffer is reserved with a budget before it is allocated. Idle ones count as cached there:
/// they go when somebody else needs the room, and after [#IDLE] without use. All methods may be
/// called from any thread.
public final class BufferPool implements AutoCloseable {

  /// How long a buffer is kept that nobody asks for.
  public static final Duration IDLE = Duration.ofSeconds(10);

  /// The largest buffers that can be asked for, in bytes: 4 TiB.
  public static final long MAX_BUFFER_BYTES = 1L << 42;

  private static final Path NO_FILE = Path.of("");

  private final FileRuntime runtime;
  private final MemoryBudget budget;
  private final long bufferBytes;
  private final long slabBytes;
  private final Registration registration;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Idle> idle = new ArrayDeque<>();
  private int buffers;

  /// Of the buffers that are idle; there is one as long as any are.
  private @Nullable ScheduledFuture<?> trimming;

  private boolean closed;

  private record Idle(ReservedMemory memory, long sinceNanos) {}

  private BufferPool(FileRuntime runtime, MemoryBudget budget, long bufferBytes) {
    this.runtime = runtime;
    this.budget = budget;
    this.bufferBytes = Bounds.check("bufferBytes", bufferBytes, 1, MAX_BUFFER_BYTES);
    this.slabBytes = PooledBuffer.reservedBytes(bufferBytes);
    this.registration = budget.register(new Cache());
  }

  /// A pool with memory of the shared runtime's engine.
  ///
  /// @param bufferBytes size of each buffer, from 1 to [#MAX_BUFFER_BYTES]
  public static BufferPool of(MemoryBudget budget, long bufferBytes) {
    return of(FileRuntime.shared(), budget, bufferBytes);
  }

  /// A pool with memory of a runtime's engine.
  public static BufferPool of(FileRuntime runtime, MemoryBudget budget, long bufferBytes) {
    return new BufferPool(runtime, budget, bufferBytes);
  }

  /// Size of each buffer, in bytes.
  public long bufferBytes() {
    return bufferBytes;
  }

  /// A buffer; waits until the budget has room.
  ///
  /// @throws io.filewright.error.MemoryLimitExceeded if the budget's limit is smaller than that
  /// @throws io.filewright.error.AllocationFailed if the system has no memory
  @MustBeClosed
  public PooledBuffer acquire() throws FileException, InterruptedException {
    return acquire(1).getFirst();
  }

  /// Several buffers at once; waits until the budget has room for all of them. Whoever needs more
  /// than one takes them so: two that wait for each other's would wait for ever.
  ///
  /// @param count at least 1
  public List<PooledBuffer> acquire(int count) throws FileException, InterruptedException {
    Bounds.check("count", count, 1, Integer.MAX_VALUE);
    List<ReservedMemory> taken = takeIdle(count);
    boolean done = false;
    try {
      if (taken.size() < count) {
        addFresh(taken, count);
      }
      done = true;
    } finally {
      if (!done) {
        free(taken);
      }
    }
    return taken.stream()
        .map(memory -> new PooledBuffer(memory, bufferBytes, this::giveBack))
        .toList();
  }

  /// One buffer of another size, which is not kept afterwards. Does not wait.
  ///
  /// @throws io.filewright.error.MemoryLimitExceeded if the budget has no room
  /// @throws io.filewright.error.AllocationFailed if the system has no memory
  @MustBeClosed
  @SuppressWarnings("MustBeClosed") // the reservation: with the buffer
  public PooledBuffer allocate(long byteSize) throws FileException {
    Bounds.check("byteSize", byteSize, 1, MAX_BUFFER_BYTES);
    var reservation = budget.reserveNow(PooledBuffer.reservedBytes(byteSize), NO_FILE);
    return new PooledBuffer(allocate(reservation), byteSize, ReservedMemory::close);
  }

  /// What it has at this moment.
  public PoolStats stats() {
    lock.lock();
    try {
      return new PoolStats(buffers, idle.size(), buffers * slabBytes);
    } finally {
      lock.unlock();
    }
  }

  /// Lets go of all idle buffers.
  ///
  /// @return how many bytes that were
  public long trim() {
    return trimWhere(Long.MAX_VALUE, System.nanoTime());
  }

  /// Lets go of what is idle now, and later of each buffer that is given back. Idempotent.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (trimming != null) {
        trimming.cancel(false);
      }
    } finally {
      lock.unlock();
    }
    registration.close();
    trim();
  }

  private void giveBack(ReservedMemory memory) {
    lock.lock();
    try {
      if (closed || budget.isContended()) {
        buffers--;
        memory.close();
        return;
      }
      idle.push(new Idle(memory, System.nanoTime()));
      if (trimming == null) {
        trimming = trimLater();
      }
    } finally {
      lock.unlock();
    }
  }

  private List<ReservedMemory> takeIdle(int count) {
    List<ReservedMemory> taken = new ArrayList<>();
    lock.lock();
    try {
      if (closed) {
        throw new AlreadyClosed("The buffer pool");
      }
      while (taken.size() < count && !idle.isEmpty()) {
        taken.add(idle.pop().memory);
      }
    } finally {
      lock.unlock();
    }
    return taken;
  }

  /// Never waits while it holds something: what was idle goes back before.
  @SuppressWarnings("MustBeClosed") // with the buffers
  private void addFresh(List<ReservedMemory> taken, int count)
      throws FileException, InterruptedException {
    var reserved = budget.tryReserve(slabs(count - taken.size()));
    if (reserved.isEmpty()) {
      free(taken);
      taken.clear();
      reserved = Optional.of(budget.reserve(slabs(count)));
    }
    var parts = reserved.get().split(slabBytes).iterator();
    try {
      while (parts.hasNext()) {
        taken.add(allocate(parts.next()));
        count(1);
      }
    } finally {
      parts.forEachRemaining(Reservation::close);
    }
  }

  /// What no long can say is more than any budget has.
  private long slabs(int count) {
    return count > Long.MAX_VALUE / slabBytes ? Long.MAX_VALUE : count * slabBytes;
  }

  private ReservedMemory allocate(Reservation reservation) throws FileException {
    return ReservedMemory.allocate(runtime.engine(), reservation, NO_FILE);
  }

  private void free(List<ReservedMemory> memory) {
    count(-memory.size());
    memory.forEach(ReservedMemory::close);
  }

  private void count(int change) {
    lock.lock();
    try {
      buffers += change;
    } finally {
      lock.unlock();
    }
  }

  private ScheduledFuture<?> trimLater() {
    return ForkJoinPool.commonPool()
        .schedule(this::trimIdle, IDLE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void trimIdle() {
    trimWhere(Long.MAX_VALUE, System.nanoTime() - IDLE.toNanos());
    lock.lock();
    try {
      trimming = idle.isEmpty() || closed ? null : trimLater();
    } finally {
      lock.unlock();
    }
  }

  /// The longest unused ones first.
  private long trimWhere(long byteSize, long untilNanos) {
    List<ReservedMemory> old = new ArrayList<>();
    lock.lock();
    try {
      while (!idle.isEmpty()
          && old.size() * slabBytes < byteSize
          && idle.peekLast().sinceNanos - untilNanos <= 0) {
        old.add(idle.removeLast().memory);
      }
    } finally {
      lock.unlock();
    }
    free(old);
    return old.size() * slabBytes;
  }

  private final class Cache implements Reclaimable {

    @Override
    public long reclaimableBytes() {
      PoolStats now = stats();
      return now.idle() * slabBytes;
    }

    @Override
    public long reclaim(long byteSize) {
      return trimWhere(byteSize, System.nanoTime());
    }
  }
}
