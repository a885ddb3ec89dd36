package io.filewright.command;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Counts line feeds, eight bytes at a time.
final class LineFeeds {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LINE_FEEDS = 0x0A0A_0A0A_0A0A_0A0AL;
  private static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;

  private LineFeeds() {}

  static long count(byte[] bytes, int offset, int size) {
    long count = 0;
    int at = offset;
    int end = offset + size;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      count += inWord((long) WORDS.get(bytes, at));
    }
    for (; at < end; at++) {
      count += bytes[at] == '\n' ? 1 : 0;
    }
    return count;
  }

  /// A byte of `x` is 0 where there is a line feed. Adding 0x7F to its low seven bits carries into
  /// its top bit unless those are 0, and never into the next byte, so this counts exactly.
  private static int inWord(long word) {
    long x = word ^ LINE_FEEDS;
    long nonZero = ((x & LOW_BITS) + LOW_BITS) | x;
    return Long.SIZE / Byte.SIZE - Long.bitCount(nonZero & ~LOW_BITS);
  }
}
