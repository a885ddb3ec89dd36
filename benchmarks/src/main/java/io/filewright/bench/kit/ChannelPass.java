package io.filewright.bench.kit;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// Opens the file and reads it by `FileChannel.read` into one direct buffer, again and again.
public abstract class ChannelPass extends FilePass {

  /// Size of the buffer, in bytes.
  public static final int BUFFER_BYTES = 256 << 10;

  /// No vector that is loaded lies across two pages, or lines of the processor's cache.
  private static final int ALIGNMENT = 4096;

  /// What is read into; in little-endian order.
  protected final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER_BYTES + ALIGNMENT - 1)
          .alignedSlice(ALIGNMENT)
          .order(ByteOrder.LITTLE_ENDIAN);

  /// The same memory.
  protected final MemorySegment memory = MemorySegment.ofBuffer(buffer);

  @Override
  protected final long pass(Path file) throws IOException {
    try (var channel = FileChannel.open(file)) {
      long sum = 0;
      while (channel.read(buffer.clear()) > 0) {
        sum += sum(buffer.position());
      }
      return sum;
    }
  }

  /// Of the first bytes of the buffer, which are what was read.
  protected abstract long sum(int byteSize);
}
