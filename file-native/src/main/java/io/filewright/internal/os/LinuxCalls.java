package io.filewright.internal.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.NoSuchElementException;

/// The C library's functions as method handles. Each that can fail takes the memory for errno
/// first.
///
/// None is linked as `critical`: a call may wait for a disk, and a critical call would keep the
/// garbage collector waiting with it.
@SuppressWarnings("restricted") // linking is what this class is for
final class LinuxCalls {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");

  // SAFETY: the signatures are those of the C library on 64-bit Linux, where size_t, off_t and
  // pointers have 64 bits and int has 32. Callers pass memory that lives during the call.
  static final MethodHandle OPENAT =
      LINKER.downcallHandle(
          find("openat"),
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
          ERRNO,
          Linker.Option.firstVariadicArg(3));
  static final MethodHandle FSTAT =
      link("fstat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
  static final MethodHandle PREAD =
      link("pread", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG));

  /// The last parameter is not preadv2's: it makes the linker keep the memory alive that the iovec
  /// points to, which it cannot see. The callee does not look at a register that it has no use for.
  static final MethodHandle PREADV2 =
      link(
          "preadv2",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS));

  static final MethodHandle PWRITE =
      link("pwrite", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG));
  static final MethodHandle FALLOCATE =
      link("fallocate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
  static final MethodHandle FTRUNCATE =
      link("ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
  static final MethodHandle FSYNC = link("fsync", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  static final MethodHandle MSYNC =
      link("msync", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
  static final MethodHandle CLOSE = link("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  static final MethodHandle MMAP =
      link(
          "mmap",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
  static final MethodHandle MUNMAP =
      link("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));

  /// Returns its error instead of setting errno.
  static final MethodHandle POSIX_FADVISE =
      plain(
          "posix_fadvise",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));

  /// syscall(2) with four arguments, for what the C library has no function for.
  static final MethodHandle SYSCALL4 =
      LINKER.downcallHandle(
          find("syscall"),
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG),
          ERRNO,
          Linker.Option.firstVariadicArg(1));

  /// syscall(2) for statx(2), which old C libraries have no function for: descriptor, path, flags,
  /// mask, target.
  static final MethodHandle SYSCALL_STATX =
      LINKER.downcallHandle(
          find("syscall"),
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS),
          ERRNO,
          Linker.Option.firstVariadicArg(1));

  /// syscall(2) for faccessat2(2): descriptor, path, mode, flags.
  static final MethodHandle SYSCALL_FACCESSAT2 =
      LINKER.downcallHandle(
          find("syscall"),
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG),
          ERRNO,
          Linker.Option.firstVariadicArg(1));

  static final MethodHandle MALLOC = plain("malloc", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
  static final MethodHandle FREE = plain("free", FunctionDescriptor.ofVoid(JAVA_LONG));

  static final MemoryLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();

  private LinuxCalls() {}

  static MethodHandle link(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(find(name), descriptor, ERRNO);
  }

  /// @param fixed how many of the arguments the C declaration names
  static MethodHandle linkVariadic(String name, int fixed, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(
        find(name), descriptor, ERRNO, Linker.Option.firstVariadicArg(fixed));
  }

  private static MethodHandle plain(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(find(name), descriptor);
  }

  private static MemorySegment find(String name) {
    return LINKER
        .defaultLookup()
        .find(name)
        .orElseThrow(() -> new NoSuchElementException("the C library has no " + name));
  }
}
