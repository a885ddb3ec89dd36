package io.filewright.bench.kit;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The sum that all contenders compute, in C too: of the 64-bit little-endian words, and of the
/// bytes behind the last whole word.
///
/// Each process uses one of these methods on one kind of memory: the compiler's profile of it stays
/// clean.
public final class Sums {

  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle ARRAY_WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Sums() {}

  /// Of a native segment, by a plain loop.
  public static long of(MemorySegment segment) {
    long size = segment.byteSize();
    long words = size & -8;
    long sum = 0;
    for (long i = 0; i < words; i += 8) {
      sum += segment.get(WORD, i);
    }
    for (long i = words; i < size; i++) {
      sum += segment.get(ValueLayout.JAVA_BYTE, i) & 0xff;
    }
    return sum;
  }

  /// Of the first bytes of a buffer that is in little-endian order.
  public static long of(ByteBuffer buffer, int size) {
    int words = size & -8;
    long sum = 0;
    for (int i = 0; i < words; i += 8) {
      sum += buffer.getLong(i);
    }
    for (int i = words; i < size; i++) {
      sum += buffer.get(i) & 0xff;
    }
    return sum;
  }

  /// Of an array.
  public static long of(byte[] bytes) {
    int words = bytes.length & -8;
    long sum = 0;
    for (int i = 0; i < words; i += 8) {
      sum += (long) ARRAY_WORD.get(bytes, i);
    }
    for (int i = words; i < bytes.length; i++) {
      sum += bytes[i] & 0xff;
    }
    return sum;
  }

  /// Of all bytes, each on its own.
  public static long ofBytes(MemorySegment segment) {
    long size = segment.byteSize();
    long sum = 0;
    for (long i = 0; i < size; i++) {
      sum += segment.get(ValueLayout.JAVA_BYTE, i) & 0xff;
    }
    return sum;
  }

  /// Of the first word of each page: touches all of them.
  public static long ofPages(MemorySegment segment) {
    long size = segment.byteSize() & -8;
    long sum = 0;
    for (long i = 0; i < size; i += 4096) {
      sum += segment.get(WORD, i);
    }
    return sum;
  }
}
