package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.internal.region.Lifetime;
import io.filewright.stream.Batches.Claim;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Chunks of one file after the other. A file is opened when its turn comes, and closed when the
/// last of its chunks has been made.
final class FilesInTurn implements ChunkFeed {

  private final Iterator<Path> paths;
  private final Opener opener;
  private @Nullable Open open;

  /// Opens a file's chunks.
  @FunctionalInterface
  interface Opener {
    ChunkFeed open(Path path) throws FileException;
  }

  FilesInTurn(List<Path> paths, Opener opener) {
    this.paths = paths.iterator();
    this.opener = opener;
  }

  @Override
  public Optional<Claim<Chunk>> claim() throws FileException {
    while (open != null || paths.hasNext()) {
      if (open == null) {
        open = new Open(opener.open(paths.next()));
      }
      Optional<Claim<Chunk>> claim = open.feed.claim();
      if (claim.isPresent()) {
        return Optional.of(open.holding(claim.get()));
      }
      closeOpen();
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    while (paths.hasNext()) {
      paths.next();
    }
    closeOpen();
  }

  private void closeOpen() {
    if (open != null) {
      open.lifetime.close();
      open = null;
    }
  }

  /// An open file; each claim that is out holds a reference.
  private static final class Open {

    private final ChunkFeed feed;
    private final Lifetime lifetime;

    Open(ChunkFeed feed) {
      this.feed = feed;
      this.lifetime = new Lifetime(feed::close);
    }

    Claim<Chunk> holding(Claim<Chunk> claim) {
      if (!lifetime.tryAcquire()) {
        throw new AssertionError("open while chunks are claimed");
      }
      return new Claim<>() {
        @Override
        public Optional<Chunk> make() throws FileException {
          try {
            return claim.make();
          } finally {
            lifetime.release();
          }
        }

        @Override
        public void abandon() {
          claim.abandon();
          lifetime.release();
        }
      };
    }
  }
}
