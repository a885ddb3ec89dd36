package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.internal.blocks.Buffers;
import io.filewright.internal.blocks.Buffers.Buffer;
import io.filewright.stream.Batches.Claim;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Chunks of bytes that come one after the other. What is behind the last whole record of a buffer
/// is carried over into the next one.
final class SequentialChunks implements ChunkFeed {

  private final Path path;
  private final ByteFeed feed;
  private final RecordEnds records;
  private final Buffers buffers;
  private final long chunkBytes;
  private final long maxRecordBytes;

  private @Nullable Buffer filling;
  private long room;
  private long filled;
  private long byteOffset;
  private long index;
  private boolean ended;

  /// @param feed closed with this
  /// @param byteOffset of the first byte, for messages
  SequentialChunks(
      Path path, ByteFeed feed, RecordEnds records, Buffers buffers, Sizes sizes, long byteOffset) {
    this.path = path;
    this.feed = feed;
    this.records = records;
    this.buffers = buffers;
    this.chunkBytes = sizes.chunkBytes();
    this.maxRecordBytes = sizes.maxRecordBytes();
    this.byteOffset = byteOffset;
  }

  /// @param chunkBytes of a chunk that holds no longer record
  /// @param maxRecordBytes of a record
  record Sizes(long chunkBytes, long maxRecordBytes) {}

  /// Where records end, in memory that begins with one.
  interface RecordEnds {

    /// The offset behind the last whole record; 0 if there is none.
    long lastEnd(MemorySegment memory);

    /// Where the last one ends when no more bytes come.
    ///
    /// @param byteOffset of the memory
    long finalEnd(MemorySegment memory, long byteOffset) throws FileException;
  }

  @Override
  public Optional<Claim<Chunk>> claim() throws FileException {
    return nextChunk().map(Made::new);
  }

  private Optional<Chunk> nextChunk() throws FileException {
    try (Arena arena = Arena.ofConfined()) {
      while (true) {
        MemorySegment memory = fill(arena);
        if (filled == 0) {
          return Optional.empty();
        }
        MemorySegment content = memory.asSlice(0, filled).asReadOnly();
        long end = ended ? records.finalEnd(content, byteOffset) : records.lastEnd(content);
        if (end > 0) {
          return Optional.of(handOut(end, memory, arena));
        }
        grow(memory, arena);
      }
    }
  }

  private MemorySegment fill(Arena arena) throws FileException {
    if (filling == null) {
      filling = buffers.take(chunkBytes);
      room = chunkBytes;
    }
    MemorySegment memory = filling.segment(arena).asSlice(0, room);
    while (!ended && filled < room) {
      int count = feed.read(memory.asSlice(filled));
      ended = count == 0;
      filled += count;
    }
    return memory;
  }

  private Chunk handOut(long end, MemorySegment memory, Arena arena) throws FileException {
    long rest = filled - end;
    Buffer next = null;
    if (rest > 0) {
      next = buffers.take(Math.max(rest, chunkBytes));
      MemorySegment.copy(memory, end, next.segment(arena), 0, rest);
    }
    var block = new Filled(Objects.requireNonNull(filling), byteOffset, end);
    var chunk = new Chunk(path, index++, block, byteOffset, byteOffset + end);
    filling = next;
    room = Math.max(rest, chunkBytes);
    byteOffset += end;
    filled = rest;
    return chunk;
  }

  private void grow(MemorySegment memory, Arena arena) throws FileException {
    if (filled > maxRecordBytes) {
      throw DelimitedCutter.tooLong(path, byteOffset, maxRecordBytes);
    }
    long larger = Math.min(2 * room, Math.max(maxRecordBytes, room) + 1);
    Buffer target = buffers.take(larger);
    MemorySegment.copy(memory, 0, target.segment(arena), 0, filled);
    closeFilling();
    filling = target;
    room = larger;
  }

  private void closeFilling() {
    if (filling != null) {
      filling.close();
      filling = null;
    }
  }

  @Override
  public void close() {
    ended = true;
    filled = 0;
    closeFilling();
    feed.close();
  }

  /// A chunk that had to be made to know where the next one begins.
  private record Made(Chunk chunk) implements Claim<Chunk> {

    @Override
    public Optional<Chunk> make() {
      return Optional.of(chunk);
    }

    @Override
    public void abandon() {
      chunk.close();
    }
  }
}
