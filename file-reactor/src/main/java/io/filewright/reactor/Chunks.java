package io.filewright.reactor;

import io.filewright.error.FileException;
import io.filewright.stream.Batches.Claim;
import io.filewright.stream.Chunk;
import io.filewright.stream.ChunkReader;
import io.filewright.stream.ChunkSource;
import java.util.Optional;

/// The chunks of a source, one at a time. Knows its end without reading on.
final class Chunks {

  private final ChunkReader reader;
  private Optional<Claim<Chunk>> upcoming;

  private Chunks(ChunkReader reader, Optional<Claim<Chunk>> upcoming) {
    this.reader = reader;
    this.upcoming = upcoming;
  }

  @SuppressWarnings("MustBeClosed") // with what is returned
  static Chunks open(ChunkSource source) throws FileException, InterruptedException {
    ChunkReader reader = source.open();
    boolean done = false;
    try {
      var chunks = new Chunks(reader, reader.claim());
      done = true;
      return chunks;
    } finally {
      if (!done) {
        reader.close();
      }
    }
  }

  /// Gives the next chunk to a function, and closes it behind it; empty at the end.
  <T> Optional<T> mapNext(ChunkFunction<T> function) throws FileException {
    while (upcoming.isPresent()) {
      Claim<Chunk> claim = upcoming.get();
      upcoming = Optional.empty(); // made or failed, it is used up
      Optional<T> result = Optional.empty();
      Optional<Chunk> made = claim.make();
      if (made.isPresent()) {
        try (Chunk chunk = made.get()) {
          result = Optional.of(function.apply(chunk));
        }
      }
      upcoming = reader.claim();
      if (result.isPresent()) {
        return result;
      }
    }
    return Optional.empty();
  }

  boolean isExhausted() {
    return upcoming.isEmpty();
  }

  void close() {
    upcoming.ifPresent(Claim::abandon);
    upcoming = Optional.empty();
    reader.close();
  }
}
