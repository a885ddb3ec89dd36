package io.filewright.bench.scan;

import io.filewright.bench.Arguments;
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
  abstract static class Mapped extends Scanning {
    MemorySegment segment = MemorySegment.NULL;

    @Override
    final void open(Path file, Arguments arguments) throws IOException {
      try (var channel = FileChannel.open(file)) {
        segment = channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofShared());
        segment.load();
      }
    }
  }

  /// A plain loop over the segment.
  static final class Segment extends Mapped {
    @Override
    long scan() {
      return Sums.of(segment);
    }
  }

  /// A plain loop over single bytes.
  static final class SegmentBytes extends Mapped {
    @Override
    long scan() {
      return Sums.ofBytes(segment);
    }
  }

  /// A plain loop over a `MappedByteBuffer`.
  static final class Buffer extends Mapped {
    @Override
    long scan() {
      ByteBuffer buffer = segment.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      return Sums.of(buffer, buffer.capacity());
    }
  }

  /// `FileChannel.read` into one direct buffer, and a plain loop over it.
  static final class Read extends Scanning {
    private final ByteBuffer buffer =
        ByteBuffer.allocateDirect(OursScans.READ_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private Path path = Path.of("");

    @Override
    void open(Path file, Arguments arguments) {
      path = file;
    }

    @Override
    long scan() throws IOException {
      try (var channel = FileChannel.open(path)) {
        long sum = 0;
        while (channel.read(buffer.clear()) > 0) {
          sum += Sums.of(buffer, buffer.position());
        }
        return sum;
      }
    }
  }

  /// `Files.lines`.
  static final class Lines extends Scanning {
    private Path path = Path.of("");

    @Override
    void open(Path file, Arguments arguments) {
      path = file;
    }

    @Override
    long scan() throws IOException {
      try (var lines = Files.lines(path)) {
        return lines.mapToLong(String::length).sum();
      }
    }
  }

  /// `BufferedReader.readLine`.
  static final class Reader extends Scanning {
    private Path path = Path.of("");

    @Override
    void open(Path file, Arguments arguments) {
      path = file;
    }

    @Override
    long scan() throws IOException {
      try (BufferedReader reader = Files.newBufferedReader(path)) {
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
    long scan() {
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
  static final class Checksums extends Scanning {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(OursScans.READ_BYTES);
    private Path path = Path.of("");

    @Override
    void open(Path file, Arguments arguments) {
      path = file;
    }

    @Override
    long scan() throws IOException {
      var crc = new CRC32C();
      try (var channel = FileChannel.open(path)) {
        while (channel.read(buffer.clear()) > 0) {
          crc.update(buffer.flip());
        }
      }
      return crc.getValue();
    }
  }
}
