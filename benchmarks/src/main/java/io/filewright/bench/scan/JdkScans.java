package io.filewright.bench.scan;

import io.filewright.bench.Arguments;
import io.filewright.bench.kit.ChannelPass;
import io.filewright.bench.kit.FilePass;
import io.filewright.bench.kit.Sums;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/// What the JDK has.
final class JdkScans {

  private JdkScans() {}

  /// What most have: a mapping, all touched, that lives as long as the process.
  abstract static class Mapped extends FilePass {
    MemorySegment segment = MemorySegment.NULL;

    @Override
    protected final void begin(Path file, Arguments arguments) throws IOException {
      try (var channel = FileChannel.open(file)) {
        segment = channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofShared());
        segment.load();
      }
    }
  }

  /// A plain loop over the segment.
  static final class Segment extends Mapped {
    @Override
    protected long pass(Path file) {
      return Sums.of(segment);
    }
  }

  /// A plain loop over single bytes.
  static final class SegmentBytes extends Mapped {
    @Override
    protected long pass(Path file) {
      return Sums.ofBytes(segment);
    }
  }

  /// A plain loop over a `MappedByteBuffer`.
  static final class Buffer extends Mapped {
    @Override
    protected long pass(Path file) {
      ByteBuffer buffer = segment.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      return Sums.of(buffer, buffer.capacity());
    }
  }

  /// `FileChannel.read`, and a plain loop over what was read.
  static final class Read extends ChannelPass {
    @Override
    protected long sum(int byteSize) {
      return Sums.of(buffer, byteSize);
    }
  }

  /// `Files.lines`.
  static final class Lines extends FilePass {
    @Override
    protected long pass(Path file) throws IOException {
      try (var lines = Files.lines(file)) {
        return lines.mapToLong(String::length).sum();
      }
    }
  }

  /// `BufferedReader.readLine`.
  static final class Reader extends FilePass {
    @Override
    protected long pass(Path file) throws IOException {
      try (BufferedReader reader = Files.newBufferedReader(file)) {
        long sum = 0;
        String line;
        while ((line = reader.readLine()) != null) {
          sum += line.length();
        }
        return sum;
      }
    }
  }

  /// Looks for the first byte of what is not there.
  static final class IndexOf extends Mapped {
    private final byte[] needle = OursScans.NEEDLE.getBytes(StandardCharsets.US_ASCII);

    @Override
    protected long pass(Path file) {
      MemorySegment wanted = MemorySegment.ofArray(needle);
      long last = segment.byteSize() - needle.length;
      for (long i = 0; i <= last; i++) {
        if (segment.get(ValueLayout.JAVA_BYTE, i) == needle[0]
            && segment.asSlice(i, needle.length).mismatch(wanted) < 0) {
          return i;
        }
      }
      return -1;
    }
  }

  /// CRC-32C over `FileChannel.read`.
  static final class Checksums extends FilePass {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(ChannelPass.BUFFER_BYTES);

    @Override
    protected long pass(Path file) throws IOException {
      var crc = new CRC32C();
      try (var channel = FileChannel.open(file)) {
        while (channel.read(buffer.clear()) > 0) {
          crc.update(buffer.flip());
        }
      }
      return crc.getValue();
    }
  }
}
