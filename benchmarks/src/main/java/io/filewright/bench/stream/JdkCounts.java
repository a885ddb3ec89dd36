package io.filewright.bench.stream;

import io.filewright.bench.Arguments;
import io.filewright.bench.kit.ChannelPass;
import io.filewright.bench.kit.FilePass;
import io.filewright.bench.kit.Unmapping;
import io.filewright.scan.ByteScan;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.Map;

/// What the JDK has. They count with the same loops as ours, so that only the way in differs.
final class JdkCounts {

  private static final long WINDOW_BYTES = 1L << 30;

  private JdkCounts() {}

  /// Eight bytes at a time.
  static final class ReadWords extends ChannelPass {
    @Override
    protected long sum(int byteSize) {
      return ByteScan.count(memory.asSlice(0, byteSize), (byte) '\n');
    }
  }

  /// With the Vector API.
  static final class ReadVectors extends ChannelPass {
    @Override
    protected long sum(int byteSize) {
      return VectorCount.lineFeeds(memory.asSlice(0, byteSize));
    }
  }

  /// What most write: a byte at a time out of the buffer.
  static final class ReadBytes extends ChannelPass {
    @Override
    protected long sum(int byteSize) {
      return lineFeeds(buffer, byteSize);
    }
  }

  /// A `MappedByteBuffer` for each GiB, all mapped anew each time.
  abstract static class Mapped extends FilePass {
    private Arguments arguments = new Arguments(Map.of());

    @Override
    protected final void begin(Path file, Arguments newArguments) {
      arguments = newArguments;
    }

    @Override
    protected final long pass(Path file) throws IOException {
      try (var channel = FileChannel.open(file)) {
        long count = 0;
        long size = channel.size();
        for (long at = 0; at < size; at += WINDOW_BYTES) {
          count += lineFeeds(channel.map(MapMode.READ_ONLY, at, Math.min(WINDOW_BYTES, size - at)));
        }
        return count;
      }
    }

    @Override
    public final void settle() throws InterruptedException {
      Unmapping.await(arguments);
    }

    abstract long lineFeeds(MappedByteBuffer buffer);
  }

  /// A byte at a time.
  static final class MappedBytes extends Mapped {
    @Override
    long lineFeeds(MappedByteBuffer buffer) {
      return JdkCounts.lineFeeds(buffer, buffer.capacity());
    }
  }

  /// Eight bytes at a time.
  static final class MappedWords extends Mapped {
    @Override
    long lineFeeds(MappedByteBuffer buffer) {
      return ByteScan.count(MemorySegment.ofBuffer(buffer), (byte) '\n');
    }
  }

  /// With the Vector API.
  static final class MappedVectors extends Mapped {
    @Override
    long lineFeeds(MappedByteBuffer buffer) {
      return VectorCount.lineFeeds(MemorySegment.ofBuffer(buffer));
    }
  }

  private static long lineFeeds(ByteBuffer buffer, int size) {
    int count = 0;
    for (int i = 0; i < size; i++) {
      count += buffer.get(i) == '\n' ? 1 : 0;
    }
    return count;
  }
}
