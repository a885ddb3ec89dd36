package io.filewright.internal.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What statx(2) leaves behind, which is the same on every Linux.
///
/// ```
///   0      28     32    40     48       136         140         256
///   +------+------+-----+------+--------+-----------+-----------+
///   | ...  | mode | ino | size | blocks | dev_major | dev_minor | ...
///   +------+------+-----+------+--------+-----------+-----------+
/// ```
public final class Statx {

  /// Size of the structure, in bytes.
  public static final int BYTES = 256;

  /// Type, inode, size and blocks are wanted (STATX_TYPE | STATX_INO | STATX_SIZE | STATX_BLOCKS).
  public static final int MASK = 0x1 | 0x100 | 0x200 | 0x400;

  /// The path is empty and the descriptor is meant (AT_EMPTY_PATH).
  public static final int OF_DESCRIPTOR = 0x1000;

  private static final int MODE = 28;
  private static final int INODE = 32;
  private static final int SIZE = 40;
  private static final int BLOCKS = 48;
  private static final int DEVICE_MAJOR = 136;
  private static final int DEVICE_MINOR = 140;

  /// Whatever is known without asking another machine or process (AT_STATX_DONT_SYNC).
  private static final long AS_KNOWN = 0x4000;

  private static final long SYS_STATX = LinuxOs.ARM ? 291 : 332;
  private static final MemorySegment EMPTY_PATH = Arena.global().allocate(1);

  private Statx() {}

  /// Asks what this kernel knows about a descriptor's file, and never waits for anybody.
  ///
  /// @param target native memory for the structure
  /// @return 0, or a negated errno
  public static int ask(int descriptor, MemorySegment target) {
    try (var scratch = CallScratch.borrow()) {
      long result =
          (long)
              LinuxCalls.SYSCALL_STATX.invokeExact(
                  scratch.errnoTarget(),
                  SYS_STATX,
                  (long) descriptor,
                  EMPTY_PATH,
                  OF_DESCRIPTOR | AS_KNOWN,
                  (long) MASK,
                  target);
      return result < 0 ? -scratch.errno() : 0;
    } catch (Throwable e) {
      throw SystemCall.unexpected(e);
    }
  }

  public static FileStatus status(MemorySegment statx) {
    var status = new FileStatus();
    status.set(
        LinuxOs.kind(Short.toUnsignedInt(statx.get(JAVA_SHORT, MODE))),
        statx.get(JAVA_LONG, SIZE),
        statx.get(JAVA_LONG, BLOCKS) * LinuxOs.STAT_BLOCK_BYTES,
        device(statx.get(JAVA_INT, DEVICE_MAJOR), statx.get(JAVA_INT, DEVICE_MINOR)),
        statx.get(JAVA_LONG, INODE));
    return status;
  }

  /// As fstat(2) puts the two numbers together, so that an identity is the same by either.
  public static long device(long major, long minor) {
    return (minor & 0xFF) | major << 8 | (minor & ~0xFFL) << 12;
  }
}
