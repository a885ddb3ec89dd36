package io.filewright.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.CRC32;

/// Content that knows which version it is, and whether it is whole: its version, noise, and the
/// checksum of both.
final class Versioned {

  private static final int CRC_BYTES = Long.BYTES;

  private Versioned() {}

  static byte[] content(long version, int byteSize) {
    var bytes = new byte[byteSize];
    new Random(version).nextBytes(bytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).putLong(0, version);
    var _ = buffer.putLong(byteSize - CRC_BYTES, crc(bytes));
    return bytes;
  }

  /// The version of a whole content; nothing if it is torn.
  static OptionalLong version(byte[] bytes) {
    if (bytes.length < Long.BYTES + CRC_BYTES) {
      return OptionalLong.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return buffer.getLong(bytes.length - CRC_BYTES) == crc(bytes)
        ? OptionalLong.of(buffer.getLong(0))
        : OptionalLong.empty();
  }

  private static long crc(byte[] bytes) {
    var crc = new CRC32();
    crc.update(bytes, 0, bytes.length - CRC_BYTES);
    return crc.getValue();
  }

  /// What a reader finds.
  enum Finding {
    /// The last version that was acknowledged, or a newer one.
    GOOD,
    /// Neither the old content nor the new one.
    TORN,
    /// Whole, but older than what was acknowledged; or not there, though it was.
    LOST
  }

  /// Looks at a file.
  ///
  /// @param acknowledged the last version that was; 0 if none was, and there need not be a file
  static Finding look(Path file, long acknowledged) throws IOException {
    try {
      OptionalLong version = version(Files.readAllBytes(file));
      return version.isEmpty()
          ? Finding.TORN
          : version.getAsLong() >= acknowledged ? Finding.GOOD : Finding.LOST;
    } catch (NoSuchFileException _) {
      return acknowledged == 0 ? Finding.GOOD : Finding.LOST;
    }
  }
}
