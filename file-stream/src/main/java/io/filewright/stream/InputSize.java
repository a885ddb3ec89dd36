package io.filewright.stream;

import io.filewright.ByteRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// How many bytes an input has, as far as file names tell.
final class InputSize {

  /// Smaller chunks than this are reserved as they are: 1 MiB.
  private static final long WORTH_A_LOOK = 1L << 20;

  private InputSize() {}

  /// Empty for a channel, and if any of the files is missing or does not tell: opening it says why.
  static OptionalLong of(ChunkSource.Input input) {
    return switch (input) {
      case ChunkSource.Input.Channel _ -> OptionalLong.empty();
      case ChunkSource.Input.Files files -> of(files);
    };
  }

  /// The size of chunks that is worth reserving memory for: not more than the longest file has, if
  /// that is to be more than [#WORTH_A_LOOK]. A file that does not tell its size, or is not there,
  /// counts for no more than that.
  ///
  /// @param asked what the caller wants
  static long chunkBytes(ChunkSource.Input input, long asked) {
    if (asked <= WORTH_A_LOOK || !(input instanceof ChunkSource.Input.Files files)) {
      return asked;
    }
    long needed = WORTH_A_LOOK;
    for (Path path : files.paths()) {
      if (needed >= asked) {
        return asked;
      }
      // And a byte, so that what is read sequentially meets its end before its buffer is full.
      needed = Math.max(needed, bytes(files.range(), size(path)) + 1);
    }
    return Math.min(needed, asked);
  }

  private static OptionalLong of(ChunkSource.Input.Files files) {
    long sum = 0;
    for (Path path : files.paths()) {
      long size = size(path);
      if (size == 0) {
        return OptionalLong.empty();
      }
      sum += bytes(files.range(), size) / files.parts();
    }
    return OptionalLong.of(sum);
  }

  private static long bytes(ByteRange range, long size) {
    long end = Math.min(range.to(), size);
    return end - Math.min(range.from(), end);
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException _) {
      return 0;
    }
  }
}
