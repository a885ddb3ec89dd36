package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.stream.Batches.Claim;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chunks of one file after the other. A file is opened when its turn comes.
final class FilesInTurn implements ChunkFeed {

  private final Iterator<Path> paths;
  private final Opener opener;
  private @Nullable ChunkFeed open;

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
  public @Nullable Claim<Chunk> claim() throws FileException {
    while (open != null || paths.hasNext()) {
      if (open == null) {
        open = opener.open(paths.next());
      }
      Claim<Chunk> claim = open.claim();
      if (claim != null) {
        return claim;
      }
      closeOpen();
    }
    return null;
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
      open.close();
      open = null;
    }
  }
}
