package io.filewright.internal.map;

import io.filewright.error.Cancelled;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.PermissionDenied;
import io.filewright.internal.os.Os;
import io.filewright.internal.threads.WorkerThreads;
import io.filewright.spi.AdviceResult;
import io.filewright.spi.CacheAdvice;
import io.filewright.spi.LoadListener;
import io.filewright.spi.MapProtection;
import io.filewright.spi.MapRequest;
import io.filewright.spi.Mapping;
import io.filewright.spi.Residency;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletionStage;

/// A mapping made by mmap(2) itself: its segments belong to whatever arena they are asked for, so
/// closing it needs no handshake with other threads.
final class NativeMapping implements Mapping {

  /// What is brought in by one call at first, and by each while the disk works: a cancel is heard
  /// within a few milliseconds.
  private static final long CHUNK_BYTES = 2L << 20;

  /// What is brought in by one call while all of it is in the page cache anyway, where a call of
  /// the first size would take 5 us.
  private static final long MOST_CHUNK_BYTES = 32L << 20;

  private static final long FAST_CHUNK_NANOS = 500_000;

  /// How often a chunk is asked for that a signal interrupts each time, before the error stands.
  private static final int MOST_TRIES = 100;

  private static final int EINTR = 4;
  private static final int EINVAL = 22;
  private static final int EFAULT = 14;
  private static final int EHWPOISON = 133;

  private final Os os;
  private final Errnos errnos;
  private final NativeFile file;
  private final long address;
  private final int lead;
  private final long fileOffset;
  private final long byteSize;
  private final MapProtection protection;
  private final WorkerThreads threads;

  /// @param address where the page begins that holds the first byte
  /// @param lead how far into that page the first byte lies
  NativeMapping(
      Os os,
      Errnos errnos,
      NativeFile file,
      long address,
      int lead,
      MapRequest request,
      WorkerThreads threads) {
    this.os = os;
    this.errnos = errnos;
    this.file = file;
    this.address = address;
    this.lead = lead;
    this.fileOffset = request.byteOffset();
    this.byteSize = request.byteSize();
    this.protection = request.protection();
    this.threads = threads;
  }

  @Override
  public long byteSize() {
    return byteSize;
  }

  @Override
  public MemorySegment segment(Arena arena) {
    MemorySegment memory = os.segment(address + lead, byteSize, arena);
    return protection == MapProtection.READ_ONLY ? memory.asReadOnly() : memory;
  }

  @Override
  public void populate(long byteOffset, long size, LoadListener listener) throws FileException {
    long first = address + lead + byteOffset;
    long end = first + size;
    if (size == 0) {
      return;
    }
    long chunk = CHUNK_BYTES;
    for (long at = pageStart(byteOffset); at < end; ) {
      long started = System.nanoTime();
      long chunkEnd = Math.min(end, (at & -CHUNK_BYTES) + chunk);
      populateChunk(at, chunkEnd - at);
      at = chunkEnd;
      if (!listener.loaded(at - first) && at < end) {
        throw cancelled(byteOffset + at - first);
      }
      boolean fast = System.nanoTime() - started < FAST_CHUNK_NANOS;
      chunk = fast ? Math.min(2 * chunk, MOST_CHUNK_BYTES) : CHUNK_BYTES;
    }
  }

  private void populateChunk(long at, long size) throws FileException {
    int result;
    int tries = 0;
    do {
      result = os.adviseMemory(at, size, CacheAdvice.POPULATE);
    } while (result == -EINTR && ++tries < MOST_TRIES);
    if (result < 0) {
      long offset = fileOffset + Math.max(0, at - address - lead);
      long covered = Math.min(size, fileOffset + byteSize - offset);
      throw result == -EFAULT || result == -EHWPOISON
          ? file.unreadable(result, offset, covered)
          : errnos.failure(file.path(), "load", result, offset, covered);
    }
  }

  @Override
  public CompletionStage<Void> populateAsync(long byteOffset, long size, LoadListener listener) {
    return threads.run(size, () -> populate(byteOffset, size, listener));
  }

  @Override
  public AdviceResult advise(long byteOffset, long size, CacheAdvice advice) throws FileException {
    if (advice == CacheAdvice.POPULATE && size > 0) {
      populate(byteOffset, size, LoadListener.NONE);
      return new AdviceResult.Applied();
    }
    if (protection == MapProtection.COPY_ON_WRITE
        && (advice == CacheAdvice.DONT_NEED || advice == CacheAdvice.EVICT)) {
      return new AdviceResult.Unsupported("it would throw away what was written to the region");
    }
    long start = pageStart(byteOffset);
    long length = size == 0 ? 0 : address + lead + byteOffset + size - start;
    int result = os.adviseMemory(start, length, advice);
    if (result == -EINVAL) {
      return new AdviceResult.Unsupported("the kernel does not take " + advice + " for this file");
    }
    if (result < 0) {
      throw errnos.failure(file.path(), "advise", result, fileOffset + byteOffset, size);
    }
    // The page cache keeps a page that is mapped, so the mapping let go of it first.
    return advice == CacheAdvice.EVICT && size > 0
        ? file.advise(fileOffset + byteOffset, size, advice)
        : new AdviceResult.Applied();
  }

  @Override
  public Residency residency(long byteOffset, long size) throws FileException {
    return new ResidencyScan(os, errnos, file, pageStart(byteOffset))
        .scan(fileOffset + byteOffset, size);
  }

  @Override
  public void lock(long byteOffset, long size) throws FileException {
    long start = pageStart(byteOffset);
    int result = os.lock(start, address + lead + byteOffset + size - start);
    if (result < 0) {
      int errno = -result;
      throw new PermissionDenied(
          FailureDetails.of(
                  file.path(),
                  "lock",
                  "the process may lock " + os.memoryLockLimit() + " bytes in memory in all",
                  "Raise the limit (ulimit -l), or open it without lockInMemory")
              .withRange(fileOffset + byteOffset, size)
              .withErrno(errno, os.errnoName(errno)));
    }
  }

  @Override
  public void force(long byteOffset, long size) throws FileException {
    if (size == 0 || protection != MapProtection.READ_WRITE) {
      return;
    }
    long start = pageStart(byteOffset);
    int result = os.force(start, address + lead + byteOffset + size - start);
    if (result < 0) {
      throw errnos.failure(file.path(), "force", result, fileOffset + byteOffset, size);
    }
  }

  @Override
  public CompletionStage<Void> forceAsync(long byteOffset, long size) {
    return threads.await(() -> force(byteOffset, size));
  }

  @Override
  public void close() throws FileException {
    int result = os.unmap(address, lead + byteSize);
    if (result < 0) {
      throw errnos.failure(file.path(), "unmap", result, fileOffset, byteSize);
    }
  }

  private long pageStart(long byteOffset) {
    return (address + lead + byteOffset) & -os.pageSize();
  }

  private Cancelled cancelled(long byteOffset) {
    return new Cancelled(
        FailureDetails.of(
                file.path(), "load", "it was stopped", "Load the range again if it is needed")
            .withOffset(fileOffset + byteOffset));
  }
}
