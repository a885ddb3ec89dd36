package io.filewright.stream;

import io.filewright.FileRuntime;
import io.filewright.error.FileException;
import io.filewright.memory.MemoryBudget;
import java.nio.file.Path;

/// A log to be followed: what is appended to a file, and to those that take its place. Immutable;
/// see [Follower] for what one sees.
///
/// Files that were rotated away are looked for under names that begin with the log's name and a dot
/// or a dash, as in `log.1` and `log-20260101`; names that end like those of compressed files are
/// not.
public final class Follow {

  /// What is read at a time unless said otherwise, in bytes: 64 KiB.
  public static final long DEFAULT_CHUNK_BYTES = 64L << 10;

  private final Path path;
  private final byte delimiter;
  private final long lastRecords;
  private final ChunkSource.Sizes sizes;
  private final ChunkSource.Memory memory;

  private Follow(
      Path path,
      byte delimiter,
      long lastRecords,
      ChunkSource.Sizes sizes,
      ChunkSource.Memory memory) {
    this.path = path;
    this.delimiter = delimiter;
    this.lastRecords = lastRecords;
    this.sizes = sizes;
    this.memory = memory;
  }

  /// Lines of a file, from its present end on.
  static Follow of(Path path) {
    return new Follow(
        path,
        (byte) '\n',
        0,
        new ChunkSource.Sizes(DEFAULT_CHUNK_BYTES, ChunkSource.DEFAULT_MAX_RECORD_BYTES),
        new ChunkSource.Memory(FileRuntime.shared(), StreamConfig.processBudget()));
  }

  /// All that the file has, and then what is appended.
  public Follow fromBeginning() {
    return withLast(Long.MAX_VALUE);
  }

  /// The last records that the file has, and then what is appended. A last one that has no end yet
  /// is not counted, and comes when it has.
  public Follow withLast(long records) {
    if (records < 0) {
      throw new IllegalArgumentException("records: " + records);
    }
    return new Follow(path, delimiter, records, sizes, memory);
  }

  /// Records that end with another byte than a line feed.
  public Follow withDelimiter(byte newDelimiter) {
    return new Follow(path, newDelimiter, lastRecords, sizes, memory);
  }

  /// Chunks of at most so many bytes, unless one record is longer; 64 KiB by default.
  public Follow withChunkSize(long chunkBytes) {
    Bounds.check("chunkBytes", chunkBytes, 1, ChunkSource.MAX_CHUNK_BYTES);
    var newSizes = new ChunkSource.Sizes(chunkBytes, sizes.maxRecordBytes());
    return new Follow(path, delimiter, lastRecords, newSizes, memory);
  }

  /// Records of at most so many bytes; 64 MiB by default.
  public Follow withMaxRecordSize(long maxRecordBytes) {
    var newSizes = new ChunkSource.Sizes(sizes.chunkBytes(), maxRecordBytes);
    return new Follow(path, delimiter, lastRecords, newSizes, memory);
  }

  /// Buffers charged to a budget.
  public Follow withBudget(MemoryBudget budget) {
    var newMemory = new ChunkSource.Memory(memory.runtime(), budget);
    return new Follow(path, delimiter, lastRecords, sizes, newMemory);
  }

  /// Begins; waits until the budget has room for two chunks.
  ///
  /// @throws io.filewright.error.NotFound if there is no such directory
  public Follower open() throws FileException, InterruptedException {
    return Follower.open(this);
  }

  Path path() {
    return path;
  }

  byte delimiter() {
    return delimiter;
  }

  long lastRecords() {
    return lastRecords;
  }

  ChunkSource.Sizes sizes() {
    return sizes;
  }

  ChunkSource.Memory memory() {
    return memory;
  }
}
