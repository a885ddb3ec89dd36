package io.filewright.internal.map;

import io.filewright.error.Cancelled;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.PermissionDenied;
import io.filewright.internal.os.Os;
import io.filewright.spi.AdviceResult;
import io.filewright.spi.CacheAdvice;
import io.filewright.spi.LoadListener;
import io.filewright.spi.MapProtection;
import io.filewright.spi.MapRequest;
import io.filewright.spi.Mapping;
import io.filewright.spi.Residency;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A mapping made by mmap(2) itself: its segments belong to whatever arena they are asked for, so
/// closing it needs no handshake with other threads.
final class NativeMapping implements Mapping {

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
  private final FileWork work;

  /// @param address where the page begins that holds the first byte
  /// @param lead how far into that page the first byte lies
  NativeMapping(
      Os os,
      Errnos errnos,
      NativeFile file,
      long address,
      int lead,
      MapRequest request,
      FileWork work) {
    this.os = os;
    this.errnos = errnos;
    this.file = file;
    this.address = address;
    this.lead = lead;
    this.fileOffset = request.byteOffset();
    this.byteSize = request.byteSize();
    this.protection = request.protection();
    this.work = work;
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
    new PopulateWalk(this, byteOffset, size, listener).run();
  }

  @Override
  public CompletionStage<Void> populateAsync(long byteOffset, long size, LoadListener listener) {
    return work.populate(new PopulateWalk(this, byteOffset, size, listener));
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
    return size == 0 || protection != MapProtection.READ_WRITE
        ? CompletableFuture.completedFuture(null)
        : work.force(file, fileOffset + byteOffset, size, () -> force(byteOffset, size));
  }

  @Override
  public void close() throws FileException {
    int result = os.unmap(address, lead + byteSize);
    if (result < 0) {
      throw errnos.failure(file.path(), "unmap", result, fileOffset, byteSize);
    }
  }

  Os os() {
    return os;
  }

  /// Where its first byte is, which need not be the first of a page.
  long firstAddress() {
    return address + lead;
  }

  /// What it means that a part of it could not be brought in.
  ///
  /// @param byteOffset in the mapping; may lie before it by less than a page
  FileException notLoaded(long result, long byteOffset, long size) throws FileException {
    long within = Math.max(0, byteOffset);
    long covered = Math.min(size, byteSize - within);
    return result == -EFAULT || result == -EHWPOISON
        ? file.unreadable(result, fileOffset + within, covered)
        : errnos.failure(file.path(), "load", result, fileOffset + within, covered);
  }

  Cancelled stopped(long byteOffset) {
    return new Cancelled(
        FailureDetails.of(
                file.path(), "load", "it was stopped", "Load the range again if it is needed")
            .withOffset(fileOffset + byteOffset));
  }

  private long pageStart(long byteOffset) {
    return (address + lead + byteOffset) & -os.pageSize();
  }
}
