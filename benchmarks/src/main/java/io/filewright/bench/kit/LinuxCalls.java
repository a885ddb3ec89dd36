package io.filewright.bench.kit;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// The system calls that a load is made of, without anything of ours round them.
@SuppressWarnings("restricted") // this is a measuring program, run with native access enabled
public final class LinuxCalls {

  private static final long CHUNK = 2L << 20;

  private static final int PROT_READ = 1;
  private static final int MAP_SHARED = 1;
  private static final int MADV_POPULATE_READ = 22;
  private static final int POSIX_FADV_DONTNEED = 4;
  private static final int SEEK_END = 2;

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  private static final MethodHandle OPEN = call("open", INT, ValueLayout.ADDRESS, INT);
  private static final MethodHandle CLOSE = call("close", INT, INT);
  private static final MethodHandle LSEEK = call("lseek", LONG, INT, LONG, INT);
  private static final MethodHandle MMAP = call("mmap", LONG, LONG, LONG, INT, INT, INT, LONG);
  private static final MethodHandle MUNMAP = call("munmap", INT, LONG, LONG);
  private static final MethodHandle MADVISE = call("madvise", INT, LONG, LONG, INT);
  private static final MethodHandle FADVISE = call("posix_fadvise", INT, INT, LONG, LONG, INT);

  private LinuxCalls() {}

  /// A file in memory.
  ///
  /// @param address where
  /// @param byteSize how much
  public record Mapped(long address, long byteSize) implements AutoCloseable {

    /// All of it; valid until it is closed, which nothing checks.
    public MemorySegment segment() {
      return MemorySegment.ofAddress(address).reinterpret(byteSize);
    }

    @Override
    public void close() throws IOException {
      try {
        check((int) MUNMAP.invokeExact(address, byteSize), "munmap");
      } catch (Throwable e) {
        throw wrapped(e);
      }
    }
  }

  /// Opens, maps, populates in chunks of 2 MiB, closes the descriptor.
  public static Mapped load(Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int descriptor =
          check((int) OPEN.invokeExact(arena.allocateFrom(file.toString()), 0), "open");
      try {
        long size = (long) LSEEK.invokeExact(descriptor, 0L, SEEK_END);
        long address = (long) MMAP.invokeExact(0L, size, PROT_READ, MAP_SHARED, descriptor, 0L);
        check(address == -1 ? -1 : 0, "mmap");
        for (long at = 0; at < size; at += CHUNK) {
          long length = Math.min(CHUNK, size - at);
          check((int) MADVISE.invokeExact(address + at, length, MADV_POPULATE_READ), "madvise");
        }
        return new Mapped(address, size);
      } finally {
        check((int) CLOSE.invokeExact(descriptor), "close");
      }
    } catch (Throwable e) {
      throw wrapped(e);
    }
  }

  /// Drops a file that nobody has mapped, and that is clean, from the page cache.
  public static void evict(Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int descriptor =
          check((int) OPEN.invokeExact(arena.allocateFrom(file.toString()), 0), "open");
      try {
        check((int) FADVISE.invokeExact(descriptor, 0L, 0L, POSIX_FADV_DONTNEED), "posix_fadvise");
      } finally {
        check((int) CLOSE.invokeExact(descriptor), "close");
      }
    } catch (Throwable e) {
      throw wrapped(e);
    }
  }

  private static int check(int result, String call) throws IOException {
    if (result < 0) {
      throw new IOException(call + " failed");
    }
    return result;
  }

  private static IOException wrapped(Throwable e) {
    return e instanceof IOException io ? io : new IOException(e);
  }

  private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
  }
}
