package io.filewright.internal.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/// What Linux does with open files beside reading and writing them: locks, leases, clones, and
/// which file system they are in. Apart from [LinuxCalls], so that only who needs them links them.
final class LinuxControl {

  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int F_SETOWN = 8;
  private static final int F_SETSIG = 10;
  private static final int F_OFD_SETLK = 37;
  private static final int F_SETLEASE = 1024;
  private static final int F_GETLEASE = 1025;
  private static final int F_RDLCK = 0;
  private static final int F_WRLCK = 1;
  private static final int F_UNLCK = 2;

  /// The one flag that differs between the two architectures.
  private static final int O_DIRECT = LinuxOs.ARM ? 0x10000 : 0x4000;

  /// A signal that a process ignores unless it asks for it.
  private static final int SIGURG = 23;

  private static final long FLOCK_BYTES = 32;
  private static final long FICLONE = 0x40049409L;
  private static final long UNSIGNED_INT = 0xFFFF_FFFFL;
  private static final int ENOENT = 2;

  // SAFETY: the signatures are those of the C library on 64-bit Linux; fcntl and ioctl take their
  // last argument as a variadic one. Callers pass memory that lives during the call.
  private static final MethodHandle FCNTL =
      LinuxCalls.linkVariadic(
          "fcntl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));

  private static final MethodHandle FCNTL_LOCK =
      LinuxCalls.linkVariadic(
          "fcntl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));

  private static final MethodHandle IOCTL =
      LinuxCalls.linkVariadic(
          "ioctl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));

  private static final MethodHandle FSTATFS =
      LinuxCalls.link("fstatfs", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

  private LinuxControl() {}

  /// struct statfs begins with the type.
  static long fileSystem(int descriptor) {
    return SystemCall.once(
        scratch -> {
          MemorySegment statfs = scratch.buffer();
          int result = (int) FSTATFS.invokeExact(scratch.errnoTarget(), descriptor, statfs);
          return result < 0 ? result : statfs.get(JAVA_LONG, 0) & UNSIGNED_INT;
        });
  }

  /// A lock of the open file description: it excludes other descriptors of this process too, and
  /// ends with the last of its own.
  ///
  /// ```
  ///   0      2        8        16       24    32
  ///   +------+--------+--------+--------+-----+
  ///   | type | whence | start  | length | pid |   start and length 0: all of the file
  ///   +------+--------+--------+--------+-----+
  /// ```
  static int lockFile(int descriptor, boolean exclusive) {
    return (int)
        SystemCall.once(
            scratch -> {
              MemorySegment flock = scratch.buffer().asSlice(0, FLOCK_BYTES).fill((byte) 0);
              flock.set(JAVA_SHORT, 0, (short) (exclusive ? F_WRLCK : F_RDLCK));
              return (int)
                  FCNTL_LOCK.invokeExact(scratch.errnoTarget(), descriptor, F_OFD_SETLK, flock);
            });
  }

  /// The kernel tells of a break by SIGIO, which ends a process that does not expect it, and makes
  /// the caller the one to be told when it gives the lease. So the signal is another one before,
  /// and nobody is told afterwards.
  static int takeLease(int descriptor) {
    int result = fcntl(descriptor, F_SETSIG, SIGURG);
    if (result == 0) {
      result = fcntl(descriptor, F_SETLEASE, F_RDLCK);
    }
    if (result < 0) {
      return result;
    }
    result = fcntl(descriptor, F_SETOWN, 0);
    if (result < 0) {
      int unused = releaseLease(descriptor);
      return Math.min(result, unused);
    }
    return 0;
  }

  static int releaseLease(int descriptor) {
    return fcntl(descriptor, F_SETLEASE, F_UNLCK);
  }

  /// While somebody waits, the kernel calls it by what it wants it to become.
  static boolean holdsLease(int descriptor) {
    return fcntl(descriptor, F_GETLEASE, 0) == F_RDLCK;
  }

  static int bypassCache(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL, 0);
    return flags < 0 ? flags : fcntl(descriptor, F_SETFL, flags | O_DIRECT);
  }

  /// A file without a name beside the original: blocks are shared within one file system only.
  static int cloneFile(int descriptor) {
    Path directory;
    try {
      directory = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).getParent();
    } catch (IOException _) {
      return -ENOENT;
    }
    if (directory == null) {
      return -ENOENT;
    }
    int clone = LinuxOpening.openWithoutName(directory);
    if (clone < 0) {
      return clone;
    }
    int result = shareBlocks(descriptor, clone);
    if (result < 0) {
      int closed = LinuxOs.closeNow(clone);
      return closed < 0 ? closed : result;
    }
    return clone;
  }

  private static int shareBlocks(int source, int target) {
    return (int)
        SystemCall.once(
            scratch -> (int) IOCTL.invokeExact(scratch.errnoTarget(), target, FICLONE, source));
  }

  private static int fcntl(int descriptor, int command, int argument) {
    return (int)
        SystemCall.once(
            scratch ->
                (int) FCNTL.invokeExact(scratch.errnoTarget(), descriptor, command, argument));
  }
}
