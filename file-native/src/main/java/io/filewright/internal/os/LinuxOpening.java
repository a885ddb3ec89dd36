package io.filewright.internal.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.filewright.spi.OpenIntent;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.SymlinkPolicy;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// How Linux opens a file: openat(2), or openat2(2) where the path is resolved under rules.
final class LinuxOpening {

  private static final int AT_FDCWD = -100;
  private static final int O_RDWR = 2;
  private static final int O_CREAT = 0x40;
  private static final int O_EXCL = 0x80;
  private static final int O_NOCTTY = 0x100;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;
  private static final int O_PATH = 0x200000;
  private static final int O_DIRECTORY = LinuxOs.ARM ? 0x4000 : 0x10000;
  private static final int O_NOFOLLOW = LinuxOs.ARM ? 0x8000 : 0x20000;
  private static final int O_TMPFILE = 0x400000 | O_DIRECTORY;
  private static final int OPEN_FLAGS = O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

  /// Read and write for everybody, as far as the process' umask leaves it (0666).
  static final int NEW_FILE_MODE = 0x1B6;

  /// Read and write for the owner alone (0600).
  private static final int PRIVATE_FILE_MODE = 0x180;

  private static final long SYS_OPENAT2 = 437;
  private static final long RESOLVE_NO_MAGICLINKS = 0x02;
  private static final long RESOLVE_NO_SYMLINKS = 0x04;
  private static final long RESOLVE_BENEATH = 0x08;
  private static final long OPEN_HOW_BYTES = 24;

  private static final long SYS_FACCESSAT2 = 439;
  private static final long X_OK = 1;
  private static final long W_OK = 2;
  private static final long AT_EACCESS = 0x200;
  private static final long AT_EMPTY_PATH = 0x1000;

  private LinuxOpening() {}

  static int open(OpenRequest request) {
    return open(request, flags(request));
  }

  static int openDirectory(OpenRequest request) {
    return open(request, O_PATH | O_DIRECTORY | O_CLOEXEC | noFollow(request));
  }

  private static int open(OpenRequest request, int flags) {
    boolean plain = request.beneath().isEmpty() && resolve(request) == 0;
    return plain ? openAt(request.path(), flags, NEW_FILE_MODE) : openResolved(request, flags);
  }

  static int flags(OpenRequest request) {
    return OPEN_FLAGS | intent(request.intent()) | noFollow(request);
  }

  private static int noFollow(OpenRequest request) {
    return request.symlinks() == SymlinkPolicy.FOLLOW ? 0 : O_NOFOLLOW;
  }

  /// The rules of openat2(2); 0 if openat(2) will do.
  static long resolve(OpenRequest request) {
    return (request.beneath().isPresent() ? RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS : 0)
        | (request.symlinks() == SymlinkPolicy.REFUSE_ANY ? RESOLVE_NO_SYMLINKS : 0);
  }

  /// A new file in a directory that gets no name, now or later (O_EXCL), and ends with its
  /// descriptor.
  static int openWithoutName(Path directory) {
    return openAt(directory, O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, PRIVATE_FILE_MODE);
  }

  private static int openAt(Path path, int flags, int mode) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = cString(path, arena);
      return (int)
          SystemCall.repeated(
              scratch ->
                  (int)
                      LinuxCalls.OPENAT.invokeExact(
                          scratch.errnoTarget(), AT_FDCWD, name, flags, mode));
    }
  }

  /// openat2(2), which resolves the path under rules.
  private static int openResolved(OpenRequest request, int flags) {
    int root = AT_FDCWD;
    Path path = request.path();
    if (request.beneath().isPresent()) {
      Path directory = request.beneath().get();
      path = path.isAbsolute() && path.startsWith(directory) ? below(directory, path) : path;
      root = openAt(directory, O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
      if (root < 0) {
        return root;
      }
    }
    int directory = root;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = cString(path, arena);
      return (int)
          SystemCall.repeated(
              scratch -> {
                MemorySegment how = scratch.buffer().asSlice(0, OPEN_HOW_BYTES).fill((byte) 0);
                how.set(JAVA_LONG, 0, flags);
                how.set(JAVA_LONG, 8, request.intent().creates() ? NEW_FILE_MODE : 0);
                how.set(JAVA_LONG, 16, resolve(request));
                return (long)
                    LinuxCalls.SYSCALL4.invokeExact(
                        scratch.errnoTarget(),
                        SYS_OPENAT2,
                        (long) directory,
                        name,
                        how,
                        OPEN_HOW_BYTES);
              });
    } finally {
      if (root >= 0) {
        LinuxOs.closeNow(root);
      }
    }
  }

  /// Not `relativize`, which would take `..` out before the kernel has seen what is before it.
  private static Path below(Path directory, Path path) {
    int from = directory.getNameCount();
    return from == path.getNameCount() ? Path.of(".") : path.subpath(from, path.getNameCount());
  }

  static int mayExecute(int descriptor) {
    return access(descriptor, X_OK);
  }

  static int mayWrite(int descriptor) {
    return access(descriptor, W_OK);
  }

  /// faccessat2(2) of the descriptor itself, with the ids by which files are opened.
  private static int access(int descriptor, long mode) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment noName = arena.allocate(1);
      return (int)
          SystemCall.once(
              scratch ->
                  (long)
                      LinuxCalls.SYSCALL_FACCESSAT2.invokeExact(
                          scratch.errnoTarget(),
                          SYS_FACCESSAT2,
                          (long) descriptor,
                          noName,
                          mode,
                          AT_EMPTY_PATH | AT_EACCESS));
    }
  }

  private static int intent(OpenIntent intent) {
    return switch (intent) {
      case READ -> 0;
      case UPDATE -> O_RDWR;
      case CREATE -> O_RDWR | O_CREAT;
      case CREATE_NEW -> O_RDWR | O_CREAT | O_EXCL;
    };
  }

  private static MemorySegment cString(Path path, Arena arena) {
    byte[] bytes = PathBytes.of(path);
    MemorySegment string = arena.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, string, JAVA_BYTE, 0, bytes.length);
    return string;
  }
}
