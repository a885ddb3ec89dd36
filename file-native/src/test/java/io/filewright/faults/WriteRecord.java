package io.filewright.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What was written to a device and when it was flushed, see `writelog.c`: from that, the images
/// which a power cut may leave.
///
/// @param entries in their order
record WriteRecord(List<Entry> entries) {

  private static final int HEADER_BYTES = 3 * Long.BYTES;

  /// What a device writes as a whole.
  private static final int BLOCK_BYTES = 4096;

  private static final int WRITE = 1;
  private static final int FLUSH = 2;

  /// One request.
  ///
  /// @param bytes what was written; nothing for a flush
  /// @param end where it ends in the record
  record Entry(boolean flush, long byteOffset, ByteBuffer bytes, long end) {}

  static WriteRecord read(Path file) throws IOException {
    ByteBuffer record = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
    var entries = new ArrayList<Entry>();
    while (record.remaining() >= HEADER_BYTES) {
      long kind = record.getLong();
      long byteOffset = record.getLong();
      long byteSize = record.getLong();
      ByteBuffer bytes =
          kind == WRITE
              ? record.slice(record.position(), (int) byteSize)
              : ByteBuffer.allocate((int) byteSize);
      var _ = record.position(record.position() + (kind == WRITE ? (int) byteSize : 0));
      entries.add(new Entry(kind == FLUSH, byteOffset, bytes, record.position()));
    }
    return new WriteRecord(entries);
  }

  /// How many of the first entries are older than the last flush among them.
  int flushedBefore(int count) {
    int last = count - 1;
    while (last >= 0 && !entries.get(last).flush()) {
      last--;
    }
    return last + 1;
  }

  /// Writes a range of entries to an image, all of them.
  void apply(FileChannel image, int from, int to) throws IOException {
    for (Entry entry : entries.subList(from, to)) {
      writeFully(image, entry.bytes().duplicate(), entry.byteOffset());
    }
  }

  /// Writes a range of entries to an image, each of their blocks or not, as it happens to caches
  /// that nobody flushed.
  void applySome(FileChannel image, int from, int to, Random random) throws IOException {
    for (Entry entry : entries.subList(from, to)) {
      for (int at = 0; at < entry.bytes().limit(); at += BLOCK_BYTES) {
        if (random.nextBoolean()) {
          int size = Math.min(BLOCK_BYTES, entry.bytes().limit() - at);
          writeFully(image, entry.bytes().slice(at, size), entry.byteOffset() + at);
        }
      }
    }
  }

  private static void writeFully(FileChannel image, ByteBuffer bytes, long byteOffset)
      throws IOException {
    long at = byteOffset;
    while (bytes.hasRemaining()) {
      at += image.write(bytes, at);
    }
  }
}
