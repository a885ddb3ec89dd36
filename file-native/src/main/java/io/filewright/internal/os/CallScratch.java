package io.filewright.internal.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Memory for one call: where errno is left, and a buffer for a small structure.
///
/// ```
///   0      4    8                                256
///   +------+----+---------------------------------+
///   | errno|    | struct stat, open_how, cachestat |
///   +------+----+---------------------------------+
/// ```
///
/// Allocating it for each call would cost more than the call, and one for each thread would keep
/// too many with virtual threads, so a few are lent out and come back.
final class CallScratch implements AutoCloseable {

  private static final int SLOTS = 64;
  private static final int BYTES = 256;
  private static final int BUFFER_OFFSET = 8;
  private static final AtomicReferenceArray<@Nullable CallScratch> STOCK =
      new AtomicReferenceArray<>(SLOTS);

  private final MemorySegment errno;
  private final MemorySegment buffer;

  private CallScratch(MemorySegment memory) {
    this.errno = memory.asSlice(0, LinuxCalls.ERRNO_LAYOUT);
    this.buffer = memory.asSlice(BUFFER_OFFSET);
  }

  static CallScratch borrow() {
    CallScratch kept = STOCK.getAndSet(slot(), null);
    return kept != null ? kept : new CallScratch(Arena.ofAuto().allocate(BYTES, BUFFER_OFFSET));
  }

  /// Where a call leaves its errno.
  MemorySegment errnoTarget() {
    return errno;
  }

  /// What the call left there.
  int errno() {
    return errno.get(ValueLayout.JAVA_INT, 0);
  }

  MemorySegment buffer() {
    return buffer;
  }

  @Override
  public void close() {
    STOCK.set(slot(), this);
  }

  private static int slot() {
    return (int) Thread.currentThread().threadId() & (SLOTS - 1);
  }
}
