package io.filewright.reactor;

import io.filewright.error.FileException;
import io.filewright.stream.Batches.Claim;
import io.filewright.stream.Chunk;
import io.filewright.stream.ChunkReader;
import io.filewright.stream.ChunkSource;
import java.util.Optional;

/// The chunks of a source, one at a time. Knows its end without reading on: so the next one is
/// claimed ahead, and what fails then is told in its turn.
final class Chunks {

  private final ChunkReader reader;
  private Optional<Claim<Chunk>> upcoming = Optional.empty();
  private Optional<FileException> failure = Optional.empty();

  private Chunks(ChunkReader reader) {
    this.reader = reader;
    claim();
  }

  @SuppressWarnings("MustBeClosed") // with what is returned
  static Chunks open(ChunkSource source) throws FileException, InterruptedException {
    return new Chunks(source.open());
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
      claim();
      if (result.isPresent()) {
        return result;
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
    return Optional.empty();
  }

  private void claim() {
    try {
      upcoming = reader.claim();
    } catch (FileException e) {
      failure = Optional.of(e);
    }
  }

  boolean isExhausted() {
    return upcoming.isEmpty() && failure.isEmpty();
  }

  void close() {
    upcoming.ifPresent(Claim::abandon);
    upcoming = Optional.empty();
    reader.close();
  }
}
