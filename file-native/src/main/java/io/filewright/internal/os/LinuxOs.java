package io.filewright.internal.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.filewright.spi.CacheAdvice;
import io.filewright.spi.MapProtection;
import io.filewright.spi.OpenRequest;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import jnr.constants.platform.Errno;
import jnr.constants.platform.Sysconf;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/// Linux on x86-64 and aarch64. Numbers are those of the kernel's headers, which never change.
final class LinuxOs implements Os {

  static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");

  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;
  private static final int MAP_SHARED = 1;
  private static final int MAP_PRIVATE = 2;

  /// Pages that are only read need no swap space, so none is set aside for a private mapping.
  private static final int MAP_NORESERVE = 0x4000;

  private static final int MS_SYNC = 4;

  static final long STAT_BLOCK_BYTES = 512;
  private static final int S_IFMT = 0xF000;
  private static final int S_IFDIR = 0x4000;
  private static final int S_IFREG = 0x8000;

  private static final long SYS_CACHESTAT = 451;

  private static final int RLIMIT_NOFILE = 7;
  private static final int RLIMIT_MEMLOCK = 8;
  private static final int RWF_NOWAIT = 8;
  private static final int EINVAL = 22;
  private static final int EROFS = 30;

  private static final long USUAL_MAPPINGS = 65_530;

  /// The most that one read(2) takes, by its manual page.
  private static final long MOST_READ = 0x7ffff000;

  private final MemoryCalls memory;
  private final POSIX posix;
  private final int pageSize;

  /// The calls for each block that is read. Not static: then they are no constants for the compiler
  /// and each is compiled by itself. Inlined into all that leads there, 15 calls deep at most, the
  /// linker's own steps would be cut off where they leave a segment for errno on the heap.
  private final MethodHandle pread = LinuxCalls.PREAD;

  private final MethodHandle fstat = LinuxCalls.FSTAT;

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
    return LinuxOpening.open(request);
  }

  @Override
  public int openDirectory(OpenRequest request) {
    return LinuxOpening.openDirectory(request);
  }

  @Override
  public int mayExecute(int descriptor) {
    return LinuxOpening.mayExecute(descriptor);
  }

  /// struct stat begins with `dev, ino`; then x86-64 has `nlink` (8 bytes) before `mode`, aarch64
  /// has it (4 bytes) behind. Both have the size at 48 and the number of blocks at 64.
  @Override
  public int status(int descriptor, FileStatus status) {
    return (int)
        SystemCall.once(
            scratch -> {
              MemorySegment stat = scratch.buffer();
              int result =
                  (int) LinuxCalls.FSTAT.invokeExact(scratch.errnoTarget(), descriptor, stat);
              if (result == 0) {
                status.set(
                    kind(stat.get(JAVA_INT, ARM ? 16 : 24)),
                    stat.get(JAVA_LONG, 48),
                    stat.get(JAVA_LONG, 64) * STAT_BLOCK_BYTES,
                    stat.get(JAVA_LONG, 0),
                    stat.get(JAVA_LONG, 8));
              }
              return result;
            });
  }

  static FileStatus.Kind kind(int mode) {
    return switch (mode & S_IFMT) {
      case S_IFREG -> FileStatus.Kind.REGULAR;
      case S_IFDIR -> FileStatus.Kind.DIRECTORY;
      default -> FileStatus.Kind.OTHER;
    };
  }

  @Override
  public long size(int descriptor) {
    return SystemCall.once(
        scratch -> {
          MemorySegment stat = scratch.buffer();
          int result = (int) fstat.invokeExact(scratch.errnoTarget(), descriptor, stat);
          return result < 0 ? result : stat.get(JAVA_LONG, 48);
        });
  }

  @Override
  public long read(int descriptor, long byteOffset, MemorySegment target) {
    long size = Math.min(target.byteSize(), MOST_READ);
    return SystemCall.repeated(
        scratch ->
            (long) pread.invokeExact(scratch.errnoTarget(), descriptor, target, size, byteOffset));
  }

  @Override
  public long readCached(int descriptor, long byteOffset, MemorySegment target) {
    return SystemCall.once(
        scratch -> {
          MemorySegment iovec = scratch.buffer();
          iovec.set(JAVA_LONG, 0, target.address());
          iovec.set(JAVA_LONG, 8, Math.min(target.byteSize(), MOST_READ));
          return (long)
              LinuxCalls.PREADV2.invokeExact(
                  scratch.errnoTarget(), descriptor, iovec, 1, byteOffset, RWF_NOWAIT, target);
        });
  }

  @Override
  public long write(int descriptor, long byteOffset, MemorySegment source) {
    return SystemCall.repeated(
        scratch ->
            (long)
                LinuxCalls.PWRITE.invokeExact(
                    scratch.errnoTarget(), descriptor, source, source.byteSize(), byteOffset));
  }

  @Override
  public int allocate(int descriptor, long byteOffset, long byteSize) {
    return (int)
        SystemCall.repeated(
            scratch ->
                (int)
                    LinuxCalls.FALLOCATE.invokeExact(
                        scratch.errnoTarget(), descriptor, 0, byteOffset, byteSize));
  }

  @Override
  public int resize(int descriptor, long byteSize) {
    return (int)
        SystemCall.repeated(
            scratch ->
                (int)
                    LinuxCalls.FTRUNCATE.invokeExact(scratch.errnoTarget(), descriptor, byteSize));
  }

  /// Never repeated: the kernel reports a failure of writing back once, and forgets it.
  @Override
  public int sync(int descriptor) {
    return (int)
        SystemCall.once(
            scratch -> (int) LinuxCalls.FSYNC.invokeExact(scratch.errnoTarget(), descriptor));
  }

  @Override
  public long fileSystem(int descriptor) {
    return LinuxControl.fileSystem(descriptor);
  }

  @Override
  public int lockFile(int descriptor, boolean exclusive) {
    return LinuxControl.lockFile(descriptor, exclusive);
  }

  @Override
  public int takeLease(int descriptor) {
    return LinuxControl.takeLease(descriptor);
  }

  @Override
  public boolean holdsLease(int descriptor) {
    return LinuxControl.holdsLease(descriptor);
  }

  @Override
  public int releaseLease(int descriptor) {
    return LinuxControl.releaseLease(descriptor);
  }

  @Override
  public int bypassCache(int descriptor) {
    return LinuxControl.bypassCache(descriptor);
  }

  @Override
  public int cloneFile(int descriptor) {
    return LinuxControl.cloneFile(descriptor);
  }

  @Override
  public int close(int descriptor) {
    return closeNow(descriptor);
  }

  /// Never repeated: after any error, EINTR included, Linux has freed the descriptor.
  static int closeNow(int descriptor) {
    return (int)
        SystemCall.once(
            scratch -> (int) LinuxCalls.CLOSE.invokeExact(scratch.errnoTarget(), descriptor));
  }

  @Override
  public long map(int descriptor, long byteOffset, long byteSize, MapProtection protection) {
    int access = protection == MapProtection.READ_ONLY ? PROT_READ : PROT_READ | PROT_WRITE;
    int sharing =
        protection == MapProtection.COPY_ON_WRITE ? MAP_PRIVATE | MAP_NORESERVE : MAP_SHARED;
    // SAFETY: address 0 lets the kernel choose, so nothing that is mapped is replaced.
    return SystemCall.once(
        scratch ->
            (long)
                LinuxCalls.MMAP.invokeExact(
                    scratch.errnoTarget(), 0L, byteSize, access, sharing, descriptor, byteOffset));
  }

  @Override
  public int unmap(long address, long byteSize) {
    // SAFETY: the region's lifetime calls this once, when nobody holds a reference any more.
    return (int)
        SystemCall.once(
            scratch ->
                (int) LinuxCalls.MUNMAP.invokeExact(scratch.errnoTarget(), address, byteSize));
  }

  /// Never repeated, as [#sync].
  @Override
  public int force(long address, long byteSize) {
    return (int)
        SystemCall.once(
            scratch ->
                (int)
                    LinuxCalls.MSYNC.invokeExact(
                        scratch.errnoTarget(), address, byteSize, MS_SYNC));
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
      throw SystemCall.unexpected(e);
    }
  }

  @Override
  public int residency(long address, long byteSize, MemorySegment vector) {
    return result(memory.mincore(address, byteSize, vector.address()));
  }

  /// The rule of mincore(2), in `can_do_mincore` of the kernel, but for CAP_FOWNER. On a mount that
  /// is read-only, which that rule does not look at, root may.
  @Override
  public boolean tellsResidency(int descriptor) {
    int writable = LinuxOpening.mayWrite(descriptor);
    int user = posix.geteuid();
    return writable == 0 || owner(descriptor) == user || (writable == -EROFS && user == 0);
  }

  /// Behind mode (4 bytes), see [#status].
  private static long owner(int descriptor) {
    return SystemCall.once(
        scratch -> {
          MemorySegment stat = scratch.buffer();
          int result = (int) LinuxCalls.FSTAT.invokeExact(scratch.errnoTarget(), descriptor, stat);
          return result < 0 ? result : stat.get(JAVA_INT, ARM ? 24 : 28);
        });
  }

  /// cachestat(2) came with Linux 6.5; its range is two longs, its answer five, the first of which
  /// is the number of cached pages.
  @Override
  public Optional<Long> cachedPages(int descriptor, long byteOffset, long byteSize) {
    long pages =
        SystemCall.once(
            scratch -> {
              MemorySegment range = scratch.buffer().asSlice(0, 16);
              MemorySegment answer = scratch.buffer().asSlice(16, 40);
              range.set(JAVA_LONG, 0, byteOffset);
              range.set(JAVA_LONG, 8, byteSize);
              long result =
                  (long)
                      LinuxCalls.SYSCALL4.invokeExact(
                          scratch.errnoTarget(),
                          SYS_CACHESTAT,
                          (long) descriptor,
                          range,
                          answer,
                          0L);
              return result < 0 ? result : answer.get(JAVA_LONG, 0);
            });
    return pages < 0 ? Optional.empty() : Optional.of(pages);
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
      throw SystemCall.unexpected(e);
    }
  }

  @Override
  public void free(long address) {
    try {
      // SAFETY: the region's lifetime calls this once, when nobody holds a reference any more.
      LinuxCalls.FREE.invokeExact(address);
    } catch (Throwable e) {
      throw SystemCall.unexpected(e);
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
}
