package io.filewright.internal.blocks;

import io.filewright.MmapRegion;
import io.filewright.error.FileException;
import io.filewright.spi.OpenedFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// An open file whose bytes come in blocks. All methods may be called from any thread.
public interface BlockFile extends AutoCloseable {

  /// Positional reads by whoever wants a block. If the file is not in memory the kernel is asked
  /// ahead for what will be read.
  ///
  /// @param byteSize of the file
  static BlockFile reading(OpenedFile file, long byteSize, Buffers buffers) {
    var ahead =
        CacheSample.isWarm(file, byteSize) ? ReadAhead.none(file) : ReadAhead.of(file, byteSize);
    return new PositionalFile(file, byteSize, buffers, ahead);
  }

  /// Reads by the engine, so many at a time, while blocks before are processed.
  static BlockFile readingAhead(OpenedFile file, long byteSize, Buffers buffers, int depth) {
    return new AheadFile(file, byteSize, buffers, depth, AheadFile.Alignment.BYTE);
  }

  /// The same for a file that bypasses the page cache.
  static BlockFile direct(OpenedFile file, long byteSize, Buffers buffers, int depth) {
    return new AheadFile(file, byteSize, buffers, depth, AheadFile.Alignment.PAGE);
  }

  /// Windows of a mapping.
  ///
  /// @param region all of the file; closed with the result
  /// @param blockBytes of most blocks
  static BlockFile mapping(MmapRegion region, long blockBytes) {
    return new MappedFile(region, blockBytes);
  }

  /// The path, for messages.
  Path path();

  /// Its size when it was opened, in bytes.
  long byteSize();

  /// How many blocks to begin before the first of them is wanted; at least 1.
  int depth();

  /// Begins to bring in `[from, to)`, which lies within the file.
  ///
  /// @return what is under way, or null if nothing is: then who wants the block reads it
  @Nullable PendingBlock begin(long from, long to) throws FileException;

  /// Brings in `[from, to)`, which lies within the file, and waits for it.
  Block read(long from, long to) throws FileException;

  /// Called once, when all blocks that were begun have been awaited or abandoned.
  @Override
  void close();
}
