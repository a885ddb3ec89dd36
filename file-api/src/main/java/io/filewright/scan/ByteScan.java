package io.filewright.scan;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds and counts a byte, eight bytes at a time.
///
/// The loops have the form in which the compiler takes the checks of each access out of them: a
/// variable of the loop's own, below a bound that does not change.
///
/// Segments have to be native memory: once a loop has also seen memory on the heap, the compiler's
/// assumptions about it are gone, and every later call is several times slower. Arrays have a loop
/// of their own.
public final class ByteScan {

  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle ARRAY_WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;
  private static final long HIGH_BITS = ~LOW_BITS;

  private ByteScan() {}

  /// The first place in `[from, to)` where the byte stands, or -1.
  public static long indexOf(MemorySegment memory, byte wanted, long from, long to) {
    long everywhere = (wanted & 0xFF) * ONES;
    long rest = from + (Math.max(0, to - from) & -Long.BYTES);
    for (long at = from; at < rest; at += Long.BYTES) {
      long zeros = zeros(memory.get(WORD, at) ^ everywhere);
      if (zeros != 0) {
        return at + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
      }
    }
    for (long at = rest; at < to; at++) {
      if (memory.get(ValueLayout.JAVA_BYTE, at) == wanted) {
        return at;
      }
    }
    return -1;
  }

  /// The first place in `[from, to)` of an array where the byte stands, or -1.
  public static int indexOf(byte[] bytes, byte wanted, int from, int to) {
    long everywhere = (wanted & 0xFF) * ONES;
    int rest = from + (Math.max(0, to - from) & -Long.BYTES);
    for (int at = from; at < rest; at += Long.BYTES) {
      long zeros = zeros((long) ARRAY_WORD.get(bytes, at) ^ everywhere);
      if (zeros != 0) {
        return at + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
      }
    }
    for (int at = rest; at < to; at++) {
      if (bytes[at] == wanted) {
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
    long rest = size & -Long.BYTES;
    long others = 0;
    for (long at = 0; at < rest; at += Long.BYTES) {
      // A byte of x is 0 where it stands. Adding 0x7F to its low seven bits carries into its top
      // bit unless those are 0, and never into the next byte, so this counts exactly.
      long x = memory.get(WORD, at) ^ everywhere;
      others += Long.bitCount((((x & LOW_BITS) + LOW_BITS) | x) & HIGH_BITS);
    }
    long count = rest - others;
    for (long at = rest; at < size; at++) {
      count += memory.get(ValueLayout.JAVA_BYTE, at) == wanted ? 1 : 0;
    }
    return count;
  }

  /// The top bit of each byte that is zero, and perhaps of some behind it: "Determine if a word has
  /// a zero byte", graphics.stanford.edu/~seander/bithacks.html.
  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGH_BITS;
  }
}
