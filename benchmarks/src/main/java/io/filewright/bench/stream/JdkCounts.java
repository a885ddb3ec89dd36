package io.filewright.bench.stream;

import io.filewright.bench.Arguments;
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

  private static final int READ_BYTES = 256 << 10;
  private static final long WINDOW_BYTES = 1L << 30;

  private JdkCounts() {}

  /// `FileChannel.read` into one direct buffer.
  abstract static class Read extends Counting {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
    private final MemorySegment memory = MemorySegment.ofBuffer(buffer);
    private Path path = Path.of("");

    @Override
    final void begin(Path file, Arguments arguments) {
      path = file;
    }

    @Override
    final long count() throws IOException {
      try (var channel = FileChannel.open(path)) {
        long count = 0;
        while (channel.read(buffer.clear()) > 0) {
          count += lineFeeds(memory.asSlice(0, buffer.position()));
        }
        return count;
      }
    }

    abstract long lineFeeds(MemorySegment memory);
  }

  /// Eight bytes at a time.
  static final class ReadWords extends Read {
    @Override
    long lineFeeds(MemorySegment memory) {
      return ByteScan.count(memory, (byte) '\n');
    }
  }

  /// With the Vector API.
  static final class ReadVectors extends Read {
    @Override
    long lineFeeds(MemorySegment memory) {
      return VectorCount.lineFeeds(memory);
    }
  }

  /// What most write: a byte at a time out of the buffer.
  static final class ReadBytes extends Counting {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
    private Path path = Path.of("");

    @Override
    void begin(Path file, Arguments arguments) {
      path = file;
    }

    @Override
    long count() throws IOException {
      try (var channel = FileChannel.open(path)) {
        long count = 0;
        while (channel.read(buffer.clear()) > 0) {
          count += lineFeeds(buffer, buffer.position());
        }
        return count;
      }
    }
  }

  /// A `MappedByteBuffer` for each GiB, all mapped anew each time.
  abstract static class Mapped extends Counting {
    private Path path = Path.of("");
    private Arguments arguments = new Arguments(Map.of());

    @Override
    final void begin(Path file, Arguments newArguments) {
      path = file;
      arguments = newArguments;
    }

    @Override
    final long count() throws IOException {
      try (var channel = FileChannel.open(path)) {
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
