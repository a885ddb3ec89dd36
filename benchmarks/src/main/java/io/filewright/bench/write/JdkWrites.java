package io.filewright.bench.write;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// By the JDK alone.
final class JdkWrites {

  private JdkWrites() {}

  static final class Write extends NewFile {
    @Override
    protected void write(Path path, long size, MemorySegment source) throws IOException {
      try (var channel =
          FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer block = source.asByteBuffer();
        for (long at = 0; at < size; at += block.capacity()) {
          block.clear();
          while (block.hasRemaining()) {
            channel.write(block);
          }
        }
        channel.force(true);
      }
    }
  }

  static final class Map extends NewFile {
    @Override
    protected void write(Path path, long size, MemorySegment source) throws IOException {
      try (var channel = open(path);
          var arena = Arena.ofConfined()) {
        MemorySegment memory = channel.map(MapMode.READ_WRITE, 0, size, arena);
        for (long at = 0; at < size; at += source.byteSize()) {
          MemorySegment.copy(source, 0, memory, at, source.byteSize());
        }
        memory.force();
      }
    }
  }

  static final class Force extends Forcing {
    private MemorySegment memory = MemorySegment.NULL;

    @Override
    void open(Path path, long byteSize) throws IOException {
      try (var channel = JdkWrites.open(path)) {
        memory = channel.map(MapMode.READ_WRITE, 0, byteSize, Arena.global());
      }
    }

    @Override
    void dirty(long byteOffset, byte value) {
      memory.asSlice(byteOffset, PIECE_BYTES).fill(value);
    }

    @Override
    void force(long byteOffset) {
      memory.asSlice(byteOffset, PIECE_BYTES).force();
    }
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }
}
