package io.filewright.stream;

import io.filewright.error.FileException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads sources to their ends.
final class Streams {

  private Streams() {}

  /// A chunk after it was closed.
  record Seen(long index, long byteOffset, String text) {}

  static List<Seen> read(ChunkSource source) throws FileException, InterruptedException {
    List<Seen> seen = new ArrayList<>();
    try (var reader = source.open()) {
      reader.forEach(chunk -> seen.add(seen(chunk)));
    }
    return seen;
  }

  static Seen seen(Chunk chunk) throws FileException {
    return new Seen(
        chunk.index(),
        chunk.byteOffset(),
        new String(chunk.toByteArray(), StandardCharsets.ISO_8859_1));
  }

  static List<String> texts(ChunkSource source) throws FileException, InterruptedException {
    return read(source).stream().map(Seen::text).toList();
  }

  /// Whether an engine can run here; io_uring and direct I/O are refused in places.
  static Optional<String> whyNot(ChunkSource source) throws InterruptedException {
    try {
      read(source);
      return Optional.empty();
    } catch (FileException e) {
      return Optional.of(e.getMessage());
    }
  }
}
