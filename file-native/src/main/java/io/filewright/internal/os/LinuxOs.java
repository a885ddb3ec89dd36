package io.filewright.internal.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.filewright.spi.CacheAdvice;
import io.filewright.spi.OpenRequest;
import io.filewright.spi.SymlinkPolicy;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import jnr.constants.platform.Errno;
import jnr.constants.platform.Sysconf;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/// Linux on x86-64 and aarch64. Numbers are those of the kernel's headers, which never change.
final class LinuxOs implements Os {

  private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");

  private static final int AT_FDCWD = -100;
  private static final int O_NOCTTY = 0x100;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;
  private static final int O_PATH = 0x200000;
  private static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
  private static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;
  private static final int OPEN_FLAGS = O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

  private static final int PROT_READ = 1;
  private static final int MAP_SHARED = 1;
  private static final long MAP_FAILED = -1;

  private static final int S_IFMT = 0xF000;
  private static final int S_IFDIR = 0x4000;
  private static final int S_IFREG = 0x8000;

  private static final long SYS_OPENAT2 = 437;
  private static final long SYS_CACHESTAT = 451;
  private static final long RESOLVE_NO_MAGICLINKS = 0x02;
  private static final long RESOLVE_NO_SYMLINKS = 0x04;
  private static final long RESOLVE_BENEATH = 0x08;
  private static final long OPEN_HOW_BYTES = 24;

  private static final int RLIMIT_NOFILE = 7;
  private static final int RLIMIT_MEMLOCK = 8;
  private static final int RWF_NOWAIT = 8;
  private static final int EINTR = 4;
  private static final int EINVAL = 22;

  /// How often a call is made that a signal ends each time, before the error stands.
  private static final int MOST_TRIES = 100;

  private static final long USUAL_MAPPINGS = 65_530;

  /// The most that one read(2) takes, by its manual page.
  private static final long MOST_READ = 0x7ffff000;

  private final MemoryCalls memory;
  private final POSIX posix;
  private final int pageSize;

  private LinuxOs(MemoryCalls memory, POSIX posix, int pageSize) {
    this.memory = memory;
    this.posix = posix;
    this.pageSize = pageSize;
  }

  /// Binds everything, and tries the one call that older kernels (before 5.14) do not have.
  static Platform create() {
    POSIX posix = POSIXFactory.getNativePOSIX();
    int pageSize = (int) posix.sysconf(Sysconf._SC_PAGESIZE);
    var os = new LinuxOs(MemoryCalls.load(), posix, pageSize);
    return os.adviseMemory(0, 0, CacheAdvice.POPULATE) == -EINVAL
        ? new Platform.Unsupported(
            "the kernel has no MADV_POPULATE_READ, which came with Linux 5.14")
        : new Platform.Supported(os);
  }

  @Override
  public int pageSize() {
    return pageSize;
  }

  @Override
  public long descriptorLimit() {
    return posix.getrlimit(RLIMIT_NOFILE).rlimCur();
  }

  @Override
  public long memoryLockLimit() {
    return posix.getrlimit(RLIMIT_MEMLOCK).rlimCur();
  }

  /// By one read: files below /proc/sys give nothing to a second one, and `Files.readString` makes
  /// its first one of a single byte.
  @Override
  public long mappingLimit() {
    try (var reader = Files.newBufferedReader(Path.of("/proc/sys/vm/max_map_count"))) {
      return Long.parseLong(String.valueOf(reader.readLine()));
    } catch (IOException | NumberFormatException _) {
      return USUAL_MAPPINGS;
    }
  }

  @Override
  public String errnoName(int errno) {
    return Errno.valueOf(errno).name();
  }

  @Override
  public int open(OpenRequest request) {
    boolean plain = request.beneath().isEmpty() && request.symlinks() != SymlinkPolicy.REFUSE_ANY;
    int flags = OPEN_FLAGS | (request.symlinks() == SymlinkPolicy.FOLLOW ? 0 : O_NOFOLLOW);
    return plain ? openAt(request.path(), flags) : openResolved(request, flags);
  }

  private static int openAt(Path path, int flags) {
    try (Arena arena = Arena.ofConfined();
        var scratch = CallScratch.borrow()) {
      MemorySegment name = cString(path, arena);
      int result;
      int tries = 0;
      do {
        result = (int) LinuxCalls.OPENAT.invokeExact(scratch.errnoTarget(), AT_FDCWD, name, flags);
      } while (result < 0 && scratch.errno() == EINTR && ++tries < MOST_TRIES);
      return result < 0 ? -scratch.errno() : result;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// openat2(2), which resolves the path under rules.
  private static int openResolved(OpenRequest request, int flags) {
    int root = AT_FDCWD;
    Path path = request.path();
    if (request.beneath().isPresent()) {
      Path directory = request.beneath().get();
      path = path.isAbsolute() && path.startsWith(directory) ? directory.relativize(path) : path;
      root = openAt(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
      if (root < 0) {
        return root;
      }
    }
    long resolve =
        (request.beneath().isPresent() ? RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS : 0)
            | (request.symlinks() == SymlinkPolicy.REFUSE_ANY ? RESOLVE_NO_SYMLINKS : 0);
    try (Arena arena = Arena.ofConfined();
        var scratch = CallScratch.borrow()) {
      MemorySegment how = scratch.buffer().asSlice(0, OPEN_HOW_BYTES).fill((byte) 0);
      how.set(JAVA_LONG, 0, flags);
      how.set(JAVA_LONG, 16, resolve);
      MemorySegment name = cString(path, arena);
      long result =
          (long)
              LinuxCalls.SYSCALL4.invokeExact(
                  scratch.errnoTarget(), SYS_OPENAT2, (long) root, name, how, OPEN_HOW_BYTES);
      return result < 0 ? -scratch.errno() : (int) result;
    } catch (Throwable e) {
      throw unexpected(e);
    } finally {
      if (root >= 0) {
        closeNow(root);
      }
    }
  }

  /// struct stat begins with `dev, ino`; then x86-64 has `nlink` (8 bytes) before `mode`, aarch64
  /// has it (4 bytes) behind. Both have the size at 48.
  @Override
  public int status(int descriptor, FileStatus status) {
    try (var scratch = CallScratch.borrow()) {
      MemorySegment stat = scratch.buffer();
      if ((int) LinuxCalls.FSTAT.invokeExact(scratch.errnoTarget(), descriptor, stat) < 0) {
        return -scratch.errno();
      }
      int mode = stat.get(JAVA_INT, ARM ? 16 : 24);
      FileStatus.Kind kind =
          switch (mode & S_IFMT) {
            case S_IFREG -> FileStatus.Kind.REGULAR;
            case S_IFDIR -> FileStatus.Kind.DIRECTORY;
            default -> FileStatus.Kind.OTHER;
          };
      status.set(kind, stat.get(JAVA_LONG, 48), stat.get(JAVA_LONG, 0), stat.get(JAVA_LONG, 8));
      return 0;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public long size(int descriptor) {
    try (var scratch = CallScratch.borrow()) {
      MemorySegment stat = scratch.buffer();
      int result = (int) LinuxCalls.FSTAT.invokeExact(scratch.errnoTarget(), descriptor, stat);
      return result < 0 ? -scratch.errno() : stat.get(JAVA_LONG, 48);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public long read(int descriptor, long byteOffset, MemorySegment target) {
    long size = Math.min(target.byteSize(), MOST_READ);
    try (var scratch = CallScratch.borrow()) {
      long result;
      int tries = 0;
      do {
        result =
            (long)
                LinuxCalls.PREAD.invokeExact(
                    scratch.errnoTarget(), descriptor, target, size, byteOffset);
      } while (result < 0 && scratch.errno() == EINTR && ++tries < MOST_TRIES);
      return result < 0 ? -scratch.errno() : result;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public long readCached(int descriptor, long byteOffset, MemorySegment target) {
    try (var scratch = CallScratch.borrow()) {
      MemorySegment iovec = scratch.buffer();
      iovec.set(JAVA_LONG, 0, target.address());
      iovec.set(JAVA_LONG, 8, Math.min(target.byteSize(), MOST_READ));
      long result =
          (long)
              LinuxCalls.PREADV2.invokeExact(
                  scratch.errnoTarget(), descriptor, iovec, 1, byteOffset, RWF_NOWAIT, target);
      return result < 0 ? -scratch.errno() : result;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int close(int descriptor) {
    return closeNow(descriptor);
  }

  /// Never repeated: after any error, EINTR included, Linux has freed the descriptor.
  private static int closeNow(int descriptor) {
    try (var scratch = CallScratch.borrow()) {
      int result = (int) LinuxCalls.CLOSE.invokeExact(scratch.errnoTarget(), descriptor);
      return result < 0 ? -scratch.errno() : 0;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public long map(int descriptor, long byteOffset, long byteSize) {
    try (var scratch = CallScratch.borrow()) {
      // SAFETY: address 0 lets the kernel choose, so nothing that is mapped is replaced.
      long address =
          (long)
              LinuxCalls.MMAP.invokeExact(
                  scratch.errnoTarget(),
                  0L,
                  byteSize,
                  PROT_READ,
                  MAP_SHARED,
                  descriptor,
                  byteOffset);
      return address == MAP_FAILED ? -scratch.errno() : address;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int unmap(long address, long byteSize) {
    try (var scratch = CallScratch.borrow()) {
      // SAFETY: the region's lifetime calls this once, when nobody holds a reference any more.
      int result = (int) LinuxCalls.MUNMAP.invokeExact(scratch.errnoTarget(), address, byteSize);
      return result < 0 ? -scratch.errno() : 0;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int adviseMemory(long address, long byteSize, CacheAdvice advice) {
    // SAFETY: none of these destroys data of a shared, read-only mapping.
    int number =
        switch (advice) {
          case NORMAL -> 0;
          case RANDOM -> 1;
          case SEQUENTIAL -> 2;
          case WILL_NEED -> 3;
          case DONT_NEED, EVICT -> 4;
          case HUGE_PAGE -> 14;
          case NO_HUGE_PAGE -> 15;
          case COLD -> 20;
          case PAGE_OUT -> 21;
          case POPULATE -> 22;
        };
    return result(memory.madvise(address, byteSize, number));
  }

  @Override
  public int adviseFile(int descriptor, long byteOffset, long byteSize, CacheAdvice advice) {
    int number =
        switch (advice) {
          case NORMAL -> 0;
          case RANDOM -> 1;
          case SEQUENTIAL -> 2;
          case WILL_NEED -> 3;
          case DONT_NEED, EVICT -> 4;
          case HUGE_PAGE, NO_HUGE_PAGE, COLD, PAGE_OUT, POPULATE -> -1;
        };
    if (number < 0) {
      return -EINVAL;
    }
    try {
      return -(int) LinuxCalls.POSIX_FADVISE.invokeExact(descriptor, byteOffset, byteSize, number);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int residency(long address, long byteSize, MemorySegment vector) {
    return result(memory.mincore(address, byteSize, vector.address()));
  }

  /// cachestat(2) came with Linux 6.5; its range is two longs, its answer five, the first of which
  /// is the number of cached pages.
  @Override
  public Optional<Long> cachedPages(int descriptor, long byteOffset, long byteSize) {
    try (var scratch = CallScratch.borrow()) {
      MemorySegment range = scratch.buffer().asSlice(0, 16);
      MemorySegment answer = scratch.buffer().asSlice(16, 40);
      range.set(JAVA_LONG, 0, byteOffset);
      range.set(JAVA_LONG, 8, byteSize);
      long result =
          (long)
              LinuxCalls.SYSCALL4.invokeExact(
                  scratch.errnoTarget(), SYS_CACHESTAT, (long) descriptor, range, answer, 0L);
      return result < 0 ? Optional.empty() : Optional.of(answer.get(JAVA_LONG, 0));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int lock(long address, long byteSize) {
    return result(memory.mlock(address, byteSize));
  }

  @Override
  public long allocate(long byteSize) {
    try {
      return (long) LinuxCalls.MALLOC.invokeExact(Math.max(1, byteSize));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public void free(long address) {
    try {
      // SAFETY: the region's lifetime calls this once, when nobody holds a reference any more.
      LinuxCalls.FREE.invokeExact(address);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  @SuppressWarnings("restricted") // this is how native memory becomes a segment
  public MemorySegment segment(long address, long byteSize, Arena arena) {
    // SAFETY: the caller holds a reference on the memory for as long as the arena lives.
    return MemorySegment.ofAddress(address).reinterpret(byteSize, arena, null);
  }

  private int result(int returned) {
    return returned < 0 ? -MemoryCalls.lastErrno(memory) : 0;
  }

  private static MemorySegment cString(Path path, Arena arena) {
    byte[] bytes = PathBytes.of(path);
    MemorySegment string = arena.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, string, JAVA_BYTE, 0, bytes.length);
    return string;
  }

  /// Method handles declare Throwable; what comes out is a mistake in the arguments, such as a
  /// closed segment, or an error of the JVM.
  private static RuntimeException unexpected(Throwable e) {
    if (e instanceof RuntimeException runtime) {
      return runtime;
    }
    if (e instanceof Error error) {
      throw error;
    }
    throw new AssertionError(e);
  }
}
