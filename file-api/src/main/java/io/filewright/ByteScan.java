package io.filewright;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Finds and counts a byte in native memory, eight bytes at a time.
///
/// Only for native memory: once a loop has also seen memory on the heap, the compiler's assumptions
/// about it are gone, and every later call is several times slower.
public final class ByteScan {

  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;
  private static final long HIGH_BITS = ~LOW_BITS;

  private ByteScan() {}

  /// The first place in `[from, to)` where the byte stands, or -1.
  public static long indexOf(MemorySegment memory, byte wanted, long from, long to) {
    long everywhere = (wanted & 0xFF) * ONES;
    long at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long word = memory.get(WORD, at) ^ everywhere;
      // "Determine if a word has a zero byte": graphics.stanford.edu/~seander/bithacks.html
      long zeros = (word - ONES) & ~word & HIGH_BITS;
      if (zeros != 0) {
        return at + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
      }
    }
    for (; at < to; at++) {
      if (memory.get(ValueLayout.JAVA_BYTE, at) == wanted) {
        return at;
      }
    }
    return -1;
  }

  /// The last place in `[from, to)` where the byte stands, or -1.
  public static long lastIndexOf(MemorySegment memory, byte wanted, long from, long to) {
    for (long at = to - 1; at >= from; at--) {
      if (memory.get(ValueLayout.JAVA_BYTE, at) == wanted) {
        return at;
      }
    }
    return -1;
  }

  /// How often the byte stands in the memory.
  public static long count(MemorySegment memory, byte wanted) {
    long everywhere = (wanted & 0xFF) * ONES;
    long size = memory.byteSize();
    long others = 0;
    long at = 0;
    for (; at <= size - Long.BYTES; at += Long.BYTES) {
      // A byte of x is 0 where it stands. Adding 0x7F to its low seven bits carries into its top
      // bit unless those are 0, and never into the next byte, so this counts exactly.
      long x = memory.get(WORD, at) ^ everywhere;
      others += Long.bitCount((((x & LOW_BITS) + LOW_BITS) | x) & HIGH_BITS);
    }
    long count = at - others;
    for (; at < size; at++) {
      count += memory.get(ValueLayout.JAVA_BYTE, at) == wanted ? 1 : 0;
    }
    return count;
  }
}
