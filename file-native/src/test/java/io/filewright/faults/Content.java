package io.filewright.faults;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What stands in every test file: letters, so that it is text and never zero, in an order that
/// tells each page from the next.
final class Content {

  private static final int BLOCK = 1 << 20;

  private Content() {}

  static byte at(long byteOffset) {
    return (byte) ('a' + (byteOffset + byteOffset / 4096) % 26);
  }

  static byte[] bytes(long byteOffset, int byteSize) {
    var bytes = new byte[byteSize];
    for (int i = 0; i < byteSize; i++) {
      bytes[i] = at(byteOffset + i);
    }
    return bytes;
  }

  /// Writes a file and brings it to the disk, so that its pages can be evicted.
  static Path write(Path file, long byteSize) throws IOException {
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (long at = 0; at < byteSize; at += BLOCK) {
        var block = ByteBuffer.wrap(bytes(at, (int) Math.min(BLOCK, byteSize - at)));
        while (block.hasRemaining()) {
          channel.write(block);
        }
      }
      channel.force(true);
    }
    return file;
  }

  /// Fails if bytes are not those which the file has at this offset.
  static void check(MemorySegment bytes, long byteOffset) {
    var expected = MemorySegment.ofArray(bytes(byteOffset, (int) bytes.byteSize()));
    long mismatch = expected.mismatch(bytes);
    if (mismatch >= 0) {
      throw new AssertionError("junk at byte " + (byteOffset + mismatch));
    }
  }

  /// The sum of all bytes, by a loop that the JIT compilers get to see.
  static long sum(MemorySegment bytes) {
    long sum = 0;
    for (long i = 0; i < bytes.byteSize(); i++) {
      sum += bytes.get(ValueLayout.JAVA_BYTE, i);
    }
    return sum;
  }

  /// What [#sum] says about the beginning of an intact file.
  static long sum(long byteSize) {
    return sum(0, byteSize);
  }

  static long sum(long from, long to) {
    long sum = 0;
    for (long i = from; i < to; i++) {
      sum += at(i);
    }
    return sum;
  }
}
