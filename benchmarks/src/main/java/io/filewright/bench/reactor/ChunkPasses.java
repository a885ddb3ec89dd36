package io.filewright.bench.reactor;

import io.filewright.AsyncFiles;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.bench.kit.FilePass;
import io.filewright.error.FileException;
import io.filewright.reactor.ReactiveFiles;
import io.filewright.scan.ByteScan;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// Line feeds counted chunk by chunk, eight bytes at a time.
final class ChunkPasses {

  private static final long CHUNK_BYTES = 1 << 20;

  private ChunkPasses() {}

  private static long lineFeeds(MemorySegment memory) {
    return ByteScan.count(memory, (byte) '\n');
  }

  /// Slices of a mapping that the subscriber closes.
  static final class FluxOfSlices extends FilePass {
    @Override
    protected long pass(Path path) {
      return ReactiveFiles.chunks(path, CHUNK_BYTES)
          .<Long>handle(
              (chunk, sink) -> {
                try (chunk) {
                  sink.next(chunk.apply(ChunkPasses::lineFeeds));
                } catch (FileException e) {
                  sink.error(e);
                }
              })
          .reduce(0L, Long::sum)
          .blockOptional()
          .orElseThrow();
    }
  }

  /// What a function makes of chunks that are read.
  static final class FluxOfResults extends FilePass {
    @Override
    protected long pass(Path path) {
      return ReactiveFiles.mapChunks(
              path, CHUNK_BYTES, chunk -> chunk.<Long>apply(ChunkPasses::lineFeeds))
          .reduce(0L, Long::sum)
          .blockOptional()
          .orElseThrow();
    }
  }

  /// The loop over the same slices, all brought in before.
  static final class Loop extends FilePass {
    @Override
    protected long pass(Path path) throws Exception {
      long count = 0;
      try (MmapRegion region =
          AsyncFiles.openSync(path, OpenOptions.readOnly().withPrefault(Prefault.ALL))) {
        for (MmapRegion chunk : region.chunks(CHUNK_BYTES)) {
          try (chunk) {
            count += chunk.<Long>apply(ChunkPasses::lineFeeds);
          }
        }
      }
      return count;
    }
  }
}
