package io.filewright.stream;

import com.google.errorprone.annotations.MustBeClosed;
import io.filewright.AtomicFile;
import io.filewright.FileRuntime;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.MemoryLimitExceeded;
import io.filewright.error.Unsupported;
import io.filewright.internal.region.ReservedMemory;
import io.filewright.memory.MemoryBudget;
import io.filewright.memory.Reservation;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// New content of any size for a file, all or nothing, written piece by piece in bounded memory.
///
/// ```
///   ChunkSink ──open──> ChunkWriter ── write ... ── commit ──> close      (the caller's thread)
///       └──subscriber──> SinkSubscriber <── Flow.Publisher<ByteBuffer>    (an executor's)
/// ```
///
/// It is a description: immutable, and each [#open] begins new content, by way of [AtomicFile],
/// whose promises hold here, too.
///
/// While more is written, what has been written goes to the disk already: a sync by a thread of its
/// own after each [#WRITE_BEHIND_BYTES], so that the commit has little to wait for. The suite
/// `stream` of the benchmarks compares it with one sync at the end.
public final class ChunkSink {

  /// Size of the buffer unless said otherwise, in bytes: 256 KiB, which is also the most that is
  /// written by one system call.
  public static final long DEFAULT_BUFFER_BYTES = 256L << 10;

  /// After how many bytes a sync of what has been written begins, unless one is under way: 64 MiB.
  public static final long WRITE_BEHIND_BYTES = 64L << 20;

  private final Path target;
  private final Beginning beginning;
  private final long bufferBytes;
  private final long expectedBytes;
  private final Memory memory;

  private ChunkSink(
      Path target, Beginning beginning, long bufferBytes, long expectedBytes, Memory memory) {
    this.target = target;
    this.beginning = beginning;
    this.bufferBytes = Bounds.check("bufferBytes", bufferBytes, 1, BufferPool.MAX_BUFFER_BYTES);
    this.expectedBytes = Bounds.check("expectedBytes", expectedBytes, 0, Long.MAX_VALUE);
    this.memory = memory;
  }

  /// Whether something may be replaced.
  @FunctionalInterface
  private interface Beginning {
    AtomicFile begin(Path target) throws FileException;
  }

  /// Where memory comes from.
  private record Memory(FileRuntime runtime, MemoryBudget budget) {}

  /// New content for a file that may exist or not, see [AtomicFile#replacing(Path)].
  public static ChunkSink replacing(Path target) {
    return to(target, AtomicFile::replacing);
  }

  /// A file that must not exist, see [AtomicFile#creating(Path)].
  public static ChunkSink creating(Path target) {
    return to(target, AtomicFile::creating);
  }

  private static ChunkSink to(Path target, Beginning beginning) {
    var runtime = FileRuntime.shared();
    return new ChunkSink(
        target, beginning, DEFAULT_BUFFER_BYTES, 0, new Memory(runtime, runtime.budget()));
  }

  /// With a buffer of so many bytes, from 1 to [BufferPool#MAX_BUFFER_BYTES]; 256 KiB by default.
  /// Writes that are smaller are gathered in it; native memory of at least this size is written
  /// without a copy.
  public ChunkSink withBufferSize(long newBufferBytes) {
    return new ChunkSink(target, beginning, newBufferBytes, expectedBytes, memory);
  }

  /// With space on the disk for so many bytes reserved at the beginning, where that is possible; 0,
  /// the default, reserves none. The content may turn out smaller or larger. Where the engine or
  /// the file system can only reserve by writing zeros, all is written twice, see
  /// [AtomicFile#allocate].
  public ChunkSink withExpectedSize(long newExpectedBytes) {
    return new ChunkSink(target, beginning, bufferBytes, newExpectedBytes, memory);
  }

  /// With the buffer charged to a budget; by default to that of the runtime.
  public ChunkSink withBudget(MemoryBudget budget) {
    var newMemory = new Memory(memory.runtime, budget);
    return new ChunkSink(target, beginning, bufferBytes, expectedBytes, newMemory);
  }

  /// With another runtime, and its budget.
  public ChunkSink withRuntime(FileRuntime runtime) {
    var newMemory = new Memory(runtime, runtime.budget());
    return new ChunkSink(target, beginning, bufferBytes, expectedBytes, newMemory);
  }

  /// The file to be written.
  public Path target() {
    return target;
  }

  /// Begins new content; waits until the budget has room for the buffer.
  ///
  /// @throws FileException if the file cannot be written, see [AtomicFile]
  /// @throws io.filewright.error.MemoryLimitExceeded if the budget will never have room
  /// @throws io.filewright.error.NoSpace if the disk has no room for the expected size
  @MustBeClosed
  @SuppressWarnings("MustBeClosed") // the reservation: with the writer
  public ChunkWriter open() throws FileException, InterruptedException {
    return open(reserve());
  }

  @MustBeClosed
  private Reservation reserve() throws FileException, InterruptedException {
    try {
      return memory.budget.reserve(PooledBuffer.reservedBytes(bufferBytes));
    } catch (MemoryLimitExceeded e) {
      throw explained(e);
    }
  }

  /// Tells what a budget does not know: who needs the memory, and what else would do.
  MemoryLimitExceeded explained(MemoryLimitExceeded e) {
    return e.with(
        FailureDetails.of(
            target,
            "open",
            e.details().cause() + " for the buffer",
            "Allow a larger budget, or a smaller buffer (withBufferSize)"));
  }

  /// Begins new content with room that was reserved already.
  ///
  /// @param room closed with the writer, or at once if there will be none
  @MustBeClosed
  ChunkWriter open(Reservation room) throws FileException {
    var allocated = ReservedMemory.allocate(memory.runtime.engine(), room, target);
    var buffer = new PooledBuffer(allocated, bufferBytes, ReservedMemory::close);
    boolean done = false;
    try {
      var writer = new ChunkWriter(begin(), buffer);
      done = true;
      return writer;
    } finally {
      if (!done) {
        buffer.close();
      }
    }
  }

  /// Room for the buffer, which no thread waits for.
  ///
  /// @return cancelling it gives up the place in the budget's queue
  CompletableFuture<Reservation> reserveAsync() {
    long byteSize = PooledBuffer.reservedBytes(bufferBytes);
    return memory
        .budget
        .tryReserve(byteSize)
        .map(CompletableFuture::completedFuture)
        .orElseGet(() -> memory.budget.reserveAsync(byteSize));
  }

  /// A subscriber that begins new content when it is subscribed, writes what it gets, and commits
  /// when that is complete.
  ///
  /// @param executor where it waits for the disk, best of virtual threads; while it waits for
  ///   memory it holds none of them
  public SinkSubscriber subscriber(Executor executor) {
    return new SinkSubscriber(this, executor);
  }

  @SuppressWarnings("MustBeClosed") // with the writer
  private AtomicFile begin() throws FileException {
    AtomicFile file = beginning.begin(target);
    boolean done = false;
    try {
      if (expectedBytes > 0) {
        allocate(file);
      }
      done = true;
      return file;
    } finally {
      if (!done) {
        file.close();
      }
    }
  }

  private void allocate(AtomicFile file) throws FileException {
    try {
      file.allocate(memory.runtime.engine(), expectedBytes);
    } catch (Unsupported _) {
      // A full disk is then found when it is full.
    }
  }
}
