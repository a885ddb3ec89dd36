package io.filewright.faults;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.function.ToLongFunction;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Code that reads raw memory without the JVM's care: a fault in it ends the process.
enum NativeWay {
  /// A checksum, which reads the buffer in compiled or native code.
  CRC,
  /// Decompression by zlib.
  INFLATER,
  /// A call of the C library: memchr(3).
  DOWNCALL,
  /// The Vector API.
  VECTOR;

  private static final int BUFFER_BYTES = 64 << 10;
  private static final MethodHandle MEMCHR = memchr();
  private static final ToLongFunction<MemorySegment> VECTOR_SUM = vectorSum();

  /// What it makes of the memory: the same for the same bytes.
  ///
  /// @param deflated where the deflated part begins
  long of(MemorySegment memory, long deflated) {
    return switch (this) {
      case CRC -> {
        var crc = new CRC32();
        crc.update(memory.asByteBuffer());
        yield crc.getValue();
      }
      case INFLATER -> inflate(memory.asSlice(Math.min(deflated, memory.byteSize())));
      case DOWNCALL -> find(memory);
      case VECTOR -> VECTOR_SUM.applyAsLong(memory);
    };
  }

  private static long inflate(MemorySegment memory) {
    var inflater = new Inflater();
    try {
      inflater.setInput(memory.asByteBuffer());
      var out = new byte[BUFFER_BYTES];
      long sum = 0;
      while (!inflater.finished()) {
        int count = inflater.inflate(out);
        for (int i = 0; i < count; i++) {
          sum += out[i];
        }
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          break;
        }
      }
      return sum + inflater.getBytesWritten();
    } catch (DataFormatException _) {
      return -1;
    } finally {
      inflater.end();
    }
  }

  /// Looks for a byte that is not there.
  private static long find(MemorySegment memory) {
    if (!memory.isNative()) {
      for (long at = 0; at < memory.byteSize(); at++) {
        if (memory.get(JAVA_BYTE, at) == 0) {
          return at;
        }
      }
      return -1;
    }
    try {
      var found = (MemorySegment) MEMCHR.invokeExact(memory, 0, memory.byteSize());
      return found.address() == 0 ? -1 : found.address() - memory.address();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("restricted") // the way is to call native code
  private static MethodHandle memchr() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("memchr"),
        FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_LONG));
  }

  /// The test compiles it, and says where to.
  @SuppressWarnings("unchecked")
  private static ToLongFunction<MemorySegment> vectorSum() {
    try {
      var folder = Path.of(System.getProperty("filewright.test.classes", ".")).toUri().toURL();
      var loader = new URLClassLoader(new URL[] {folder});
      return (ToLongFunction<MemorySegment>)
          loader.loadClass("VectorSum").getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | MalformedURLException e) {
      throw new IllegalStateException("compile VectorSum first", e);
    }
  }
}
