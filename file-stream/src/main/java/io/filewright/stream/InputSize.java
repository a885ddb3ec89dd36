package io.filewright.stream;

import io.filewright.ByteRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// How many bytes an input has, as far as file names tell.
final class InputSize {

  private InputSize() {}

  /// Empty for a channel, and if any of the files is missing or does not tell: opening it says why.
  static OptionalLong of(ChunkSource.Input input) {
    return switch (input) {
      case ChunkSource.Input.Channel _ -> OptionalLong.empty();
      case ChunkSource.Input.Files files -> of(files);
    };
  }

  private static OptionalLong of(ChunkSource.Input.Files files) {
    long sum = 0;
    for (Path path : files.paths()) {
      long size = size(path);
      if (size == 0) {
        return OptionalLong.empty();
      }
      ByteRange range = files.range();
      long end = Math.min(range.to(), size);
      sum += (end - Math.min(range.from(), end)) / files.parts();
    }
    return OptionalLong.of(sum);
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException _) {
      return 0;
    }
  }
}
