package io.filewright.internal.ring;

import io.filewright.error.FileException;
import io.filewright.internal.map.FileWork;
import io.filewright.internal.map.NativeFile;
import io.filewright.internal.map.PopulateWalk;
import io.filewright.internal.map.ThreadWork;
import io.filewright.internal.threads.WorkerThreads;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// Lets the kernel do the work of a file; what it does not do, threads do.
final class RingWork implements FileWork {

  /// Up to this size, a read of what is in the page cache is copied on the loop's thread, which
  /// takes 5 us; a larger one would keep the loop from others, and is handed to the kernel's.
  static final long INLINE_BYTES = 64 << 10;

  /// The most that one read(2) or write(2) takes, by its manual page.
  private static final long MOST_BYTES = 0x7ffff000;

  /// The most that the field for an fsync's size takes.
  private static final long MOST_SYNC_BYTES = 0xffffffffL;

  private static final int FSYNC_DATASYNC = 1;
  private static final int MADV_POPULATE_READ = 22;
  private static final int EOPNOTSUPP = 95;

  private final Supplier<Optional<Ring>> rings;
  private final ThreadWork threads;

  /// For all files of an engine.
  ///
  /// @param rings the ring, as long as there is one to use
  RingWork(Supplier<Optional<Ring>> rings, WorkerThreads threads) {
    this.rings = rings;
    this.threads = new ThreadWork(threads);
  }

  @Override
  public boolean holdsMemory() {
    return false;
  }

  @Override
  public CompletionStage<Integer> read(NativeFile file, long byteOffset, MemorySegment target) {
    return transfer(file, "read", Operation.READ, byteOffset, target);
  }

  /// By a thread, whose call holds the memory: nobody but the ring would know that it is in use.
  @Override
  public int readNow(NativeFile file, long byteOffset, MemorySegment target) throws FileException {
    return threads.readNow(file, byteOffset, target);
  }

  @Override
  public CompletionStage<Integer> write(NativeFile file, long byteOffset, MemorySegment source) {
    return transfer(file, "write", Operation.WRITE, byteOffset, source);
  }

  private CompletionStage<Integer> transfer(
      NativeFile file, String name, byte opcode, long byteOffset, MemorySegment memory) {
    Optional<Ring> ring = rings.get();
    if (memory.byteSize() == 0) {
      return CompletableFuture.completedFuture(0);
    }
    if (ring.isEmpty()) {
      return transferByThread(file, opcode, byteOffset, memory);
    }
    var done = new CompletableFuture<Integer>();
    int size = (int) Math.min(memory.byteSize(), MOST_BYTES);
    var call = new Operation.Call(opcode, file.descriptor(), byteOffset, memory.address(), size, 0);
    var operation =
        Operation.repeatable(
            call,
            memory,
            result -> {
              if (result == Operation.NOT_DONE) {
                Results.pass(transferByThread(file, opcode, byteOffset, memory), done);
              } else {
                Results.settle(done, () -> (int) file.checked(name, result, byteOffset, size));
              }
            });
    // A write copies, and waits for the file's lock.
    boolean brief = opcode == Operation.READ && size <= INLINE_BYTES;
    ring.get().submit(brief ? operation : operation.onKernelThread());
    return done;
  }

  private CompletionStage<Integer> transferByThread(
      NativeFile file, byte opcode, long byteOffset, MemorySegment memory) {
    return opcode == Operation.READ
        ? threads.read(file, byteOffset, memory)
        : threads.write(file, byteOffset, memory);
  }

  @Override
  public CompletionStage<Void> allocate(NativeFile file, long byteOffset, long byteSize) {
    Optional<Ring> ring = rings.get();
    if (ring.isEmpty()) {
      return threads.allocate(file, byteOffset, byteSize);
    }
    var done = new CompletableFuture<Void>();
    long before;
    try {
      before = file.size();
    } catch (FileException e) {
      return CompletableFuture.failedFuture(e);
    }
    var call =
        new Operation.Call(Operation.FALLOCATE, file.descriptor(), byteOffset, byteSize, 0, 0);
    ring.get()
        .submit(
            Operation.repeatable(
                call,
                file,
                result -> {
                  if (result == Operation.NOT_DONE || result == -EOPNOTSUPP) {
                    Results.pass(threads.allocate(file, byteOffset, byteSize), done);
                  } else {
                    Results.settleVoid(
                        done, () -> reserved(file, before, result, byteOffset, byteSize));
                  }
                }));
    return done;
  }

  private static void reserved(
      NativeFile file, long sizeBefore, int result, long byteOffset, long byteSize)
      throws FileException {
    try {
      file.checked("allocate", result, byteOffset, byteSize);
    } catch (FileException e) {
      file.undoGrowth(sizeBefore, e);
      throw e;
    }
  }

  /// What msync(2) does, and its kernel function, too; so not repeated either: the kernel reports a
  /// failure of writing back once, and forgets it.
  @Override
  public CompletionStage<Void> force(
      NativeFile file, long byteOffset, long byteSize, WorkerThreads.Action msync) {
    Optional<Ring> ring = rings.get();
    if (ring.isEmpty()) {
      return threads.force(file, byteOffset, byteSize, msync);
    }
    var done = new CompletableFuture<Void>();
    boolean whole = byteSize > MOST_SYNC_BYTES;
    var call =
        new Operation.Call(
            Operation.FSYNC,
            file.descriptor(),
            whole ? 0 : byteOffset,
            0,
            whole ? 0 : (int) byteSize,
            FSYNC_DATASYNC);
    ring.get()
        .submit(
            Operation.once(
                call,
                file,
                result -> {
                  if (result == Operation.NOT_DONE) {
                    Results.pass(threads.force(file, byteOffset, byteSize, msync), done);
                  } else {
                    Results.settleVoid(
                        done, () -> file.checked("force", result, byteOffset, byteSize));
                  }
                }));
    return done;
  }

  @Override
  public CompletionStage<Void> populate(PopulateWalk walk) {
    var done = new CompletableFuture<Void>();
    populate(walk, done);
    return done;
  }

  /// One chunk after the other: between two of them the listener may stop it.
  @SuppressWarnings("NullAway") // a stage of Void holds nothing but null
  private void populate(PopulateWalk walk, CompletableFuture<Void> done) {
    if (walk.isDone()) {
      done.complete(null);
      return;
    }
    Optional<Ring> ring = rings.get();
    if (ring.isEmpty()) {
      Results.pass(threads.populate(walk), done);
      return;
    }
    long size = walk.chunkSize();
    var call =
        new Operation.Call(
            Operation.MADVISE, -1, 0, walk.chunkAddress(), (int) size, MADV_POPULATE_READ);
    ring.get().submit(Operation.once(call, walk, result -> populated(walk, result, done)));
  }

  private void populated(PopulateWalk walk, int result, CompletableFuture<Void> done) {
    if (result == Operation.NOT_DONE) {
      Results.pass(threads.populate(walk), done);
      return;
    }
    try {
      walk.advance(result);
    } catch (FileException | RuntimeException | Error e) {
      done.completeExceptionally(e);
      return;
    }
    populate(walk, done);
  }
}
