package io.filewright.bench.open;

import io.filewright.bench.Arguments;
import io.filewright.bench.MissingException;
import io.filewright.bench.kit.Sums;
import io.filewright.bench.kit.Unmapping;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

/// What people do with the JDK alone.
final class JdkPerFile {

  /// A buffer has an `int` for its size.
  private static final long WINDOW = 1L << 30;

  private JdkPerFile() {}

  /// `FileChannel.read` into one direct buffer.
  static final class Read extends PerFile {
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    @Override
    void begin(Arguments arguments) {
      buffer = ByteBuffer.allocateDirect(bufferSize()).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    long sumOf(Path file) throws IOException {
      try (var channel = FileChannel.open(file)) {
        long sum = 0;
        while (channel.read(buffer.clear()) > 0) {
          sum += Sums.of(buffer, buffer.position());
        }
        return sum;
      }
    }
  }

  /// `FileChannel.map` to a buffer, which the garbage collector unmaps some day.
  static final class MapBuffer extends PerFile {
    private Arguments told = new Arguments(Map.of());

    @Override
    void begin(Arguments arguments) {
      told = arguments;
    }

    @Override
    long sumOf(Path file) throws IOException {
      try (var channel = FileChannel.open(file)) {
        long size = channel.size();
        long sum = 0;
        for (long at = 0; at < size; at += WINDOW) {
          int length = (int) Math.min(WINDOW, size - at);
          ByteBuffer buffer = channel.map(MapMode.READ_ONLY, at, length);
          sum += Sums.of(buffer.order(ByteOrder.LITTLE_ENDIAN), length);
        }
        return sum;
      }
    }

    @Override
    public void settle() throws InterruptedException {
      Unmapping.await(told);
    }
  }

  /// `FileChannel.map` to a segment of a confined arena.
  static final class MapSegment extends PerFile {
    @Override
    long sumOf(Path file) throws IOException {
      try (var channel = FileChannel.open(file);
          var arena = Arena.ofConfined()) {
        return Sums.of(channel.map(MapMode.READ_ONLY, 0, channel.size(), arena));
      }
    }
  }

  /// The same with a shared arena, as whoever closes it on another thread needs.
  static final class MapShared extends PerFile {
    @Override
    long sumOf(Path file) throws IOException {
      try (var channel = FileChannel.open(file);
          var arena = Arena.ofShared()) {
        return Sums.of(channel.map(MapMode.READ_ONLY, 0, channel.size(), arena));
      }
    }
  }

  /// `AsynchronousFileChannel` with four reads of 1 MiB under way.
  static final class Asynchronous extends PerFile {
    private static final int DEPTH = 4;
    private static final int CHUNK = 1 << 20;

    private final List<ByteBuffer> buffers = new ArrayList<>();

    @Override
    void begin(Arguments arguments) {
      for (int i = 0; i < DEPTH; i++) {
        buffers.add(ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN));
      }
    }

    @Override
    long sumOf(Path file) throws Exception {
      try (var channel = AsynchronousFileChannel.open(file)) {
        long size = channel.size();
        var reads = new ArrayDeque<Future<Integer>>();
        long sum = 0;
        long asked = 0;
        long done = 0;
        while (done < size) {
          while (asked < size && reads.size() < DEPTH) {
            reads.add(channel.read(buffer(asked).clear(), asked));
            asked += CHUNK;
          }
          int count = reads.remove().get();
          if (count < Math.min(CHUNK, size - done)) {
            throw new IOException("short read");
          }
          sum += Sums.of(buffer(done), count);
          done += CHUNK;
        }
        return sum;
      }
    }

    private ByteBuffer buffer(long at) {
      return buffers.get((int) (at / CHUNK % DEPTH));
    }
  }

  /// `Files.readAllBytes`.
  static final class ReadAllBytes extends PerFile {
    private static final long MOST = Integer.MAX_VALUE - 8;

    @Override
    void begin(Arguments arguments) throws IOException, MissingException {
      if (Files.size(arguments.file()) > MOST) {
        throw new MissingException("an array holds less than 2 GiB");
      }
    }

    @Override
    long sumOf(Path file) throws IOException {
      return Sums.of(Files.readAllBytes(file));
    }
  }
}
