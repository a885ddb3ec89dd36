package io.filewright.internal.ring;

import io.netty.channel.uring.IoUringIoOps;

/// One entry of a submission queue, and who hears of its end.
///
/// It holds what the kernel works with until then: an arena cannot see that the kernel does.
final class Operation {

  /// Opcodes of the kernel's header `io_uring.h`.
  static final byte FSYNC = 3;

  static final byte ASYNC_CANCEL = 14;
  static final byte FALLOCATE = 17;
  static final byte OPENAT = 18;
  static final byte STATX = 21;
  static final byte READ = 22;
  static final byte WRITE = 23;
  static final byte MADVISE = 25;
  static final byte OPENAT2 = 28;

  /// Hands it to a thread of the kernel's own at once, instead of trying it on the loop's first
  /// (IOSQE_ASYNC).
  private static final byte ON_KERNEL_THREAD = 16;

  /// What an end hears instead of a result if the ring did not do it: it is full, closed or broken.
  static final int NOT_DONE = Integer.MIN_VALUE;

  /// Hears of its end, on the loop's thread.
  @FunctionalInterface
  interface End {

    /// Its end.
    ///
    /// @param result the kernel's: negative for a negated errno; [#NOT_DONE] if it was not done
    void ended(int result);
  }

  /// What the kernel is asked for; the fields have the meaning that the opcode gives them.
  record Call(byte opcode, int descriptor, long offset, long address, int size, int flags) {}

  private final Call call;
  private final Object kept;
  private final End end;
  private final boolean repeatable;
  private boolean onKernelThread;
  private int tries;

  private Operation(Call call, Object kept, End end, boolean repeatable) {
    this.call = call;
    this.kept = kept;
    this.end = end;
    this.repeatable = repeatable;
  }

  /// One that may be asked for again when a signal ended it.
  ///
  /// @param kept what must stay alive until its end
  static Operation repeatable(Call call, Object kept, End end) {
    return new Operation(call, kept, end, true);
  }

  /// One that is asked for once.
  static Operation once(Call call, Object kept, End end) {
    return new Operation(call, kept, end, false);
  }

  /// Never tries it on the loop's thread, which it would keep for too long.
  Operation onKernelThread() {
    onKernelThread = true;
    return this;
  }

  /// Whether it is to be asked for once more.
  boolean again(int mostTries) {
    return repeatable && ++tries < mostTries;
  }

  boolean isOpen() {
    return call.opcode == OPENAT || call.opcode == OPENAT2;
  }

  IoUringIoOps entry(short slot) {
    byte flags = onKernelThread ? ON_KERNEL_THREAD : 0;
    return entry(call, flags, slot);
  }

  static IoUringIoOps entry(Call call, byte flags, short slot) {
    return new IoUringIoOps(
        call.opcode,
        flags,
        (short) 0,
        call.descriptor,
        call.offset,
        call.address,
        call.size,
        call.flags,
        (long) slot,
        (short) 0,
        (short) 0,
        0,
        0);
  }

  void end(int result) {
    end.ended(result);
  }

  @Override
  public String toString() {
    return call + " with " + kept;
  }
}
