package io.filewright.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// The files of a comparison: lines of text, the same in every run, each page different.
///
/// @param count how many
/// @param minByteSize size of the smallest
/// @param maxByteSize size of the largest; in between, sizes are spread evenly
public record FileSet(int count, long minByteSize, long maxByteSize) {

  /// No files at all.
  public static final FileSet EMPTY = new FileSet(0, 0, 0);

  private static final int BLOCK = 1 << 20;
  private static final int PAGE = 4096;
  private static final int STAMP = 16;

  /// Files of one size.
  public static FileSet of(int count, long byteSize) {
    return new FileSet(count, byteSize, byteSize);
  }

  /// Where the i-th file of a folder is.
  static Path file(Path folder, int i) {
    return folder.resolve("f%05d".formatted(i));
  }

  List<Path> files(Path folder) {
    return IntStream.range(0, count).mapToObj(i -> file(folder, i)).toList();
  }

  /// Size of the i-th file, in bytes.
  long byteSize(int i) {
    long spread = maxByteSize - minByteSize + 1;
    return minByteSize + Math.floorMod((i * 0x9E3779B97F4A7C15L) >>> 20, spread);
  }

  /// Size of all of them, in bytes.
  public long totalByteSize() {
    return IntStream.range(0, count).mapToLong(this::byteSize).sum();
  }

  /// Writes them anew, down to the disk.
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    block.put(text());
    for (int i = 0; i < count; i++) {
      Path file = file(folder, i);
      Files.deleteIfExists(file);
      try (var channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        write(channel, block, (long) i << 40, byteSize(i));
        if (byteSize(i) > BLOCK) {
          channel.force(true);
        }
      }
    }
  }

  private static void write(FileChannel channel, ByteBuffer block, long stamp, long byteSize)
      throws IOException {
    for (long at = 0; at < byteSize; at += BLOCK) {
      block.clear();
      for (int page = 0; page < BLOCK; page += PAGE) {
        block.put(page, "%016x".formatted(stamp + at + page).getBytes(StandardCharsets.US_ASCII));
      }
      block.position(0).limit((int) Math.min(BLOCK, byteSize - at));
      while (block.hasRemaining()) {
        channel.write(block);
      }
    }
  }

  private static byte[] text() {
    var random = new Random(20_260_101);
    var text = new byte[BLOCK];
    int lineEnd = 0;
    for (int i = 0; i < BLOCK; i++) {
      if (i >= lineEnd && i % PAGE >= STAMP) {
        text[i] = '\n';
        lineEnd = i + 20 + random.nextInt(100);
      } else {
        text[i] = (byte) (random.nextInt(7) == 0 ? ' ' : 'a' + random.nextInt(26));
      }
    }
    return text;
  }
}
