package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.internal.blocks.Buffers;
import io.filewright.stream.Batches.Claim;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Chunks of bytes that come one after the other. What is behind the last whole record of a buffer
/// is carried over into the next one.
final class SequentialChunks implements ChunkFeed {

  private final ByteFeed feed;
  private final RecordEnds records;
  private final CarryOver buffer;
  private boolean ended;

  /// @param feed closed with this
  /// @param byteOffset of the first byte, for messages
  SequentialChunks(
      Path path,
      ByteFeed feed,
      RecordEnds records,
      Buffers buffers,
      ChunkSource.Sizes sizes,
      long byteOffset) {
    this.feed = feed;
    this.records = records;
    this.buffer = new CarryOver(path, sizes, buffers, byteOffset);
  }

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
  public @Nullable Claim<Chunk> claim() throws FileException {
    try (Arena arena = Arena.ofConfined()) {
      while (true) {
        MemorySegment content = fill(arena);
        if (content.byteSize() == 0) {
          return null;
        }
        long end =
            ended ? records.finalEnd(content, buffer.byteOffset()) : records.lastEnd(content);
        if (end > 0) {
          return new Made(buffer.handOut(end, arena));
        }
        buffer.grow(arena);
      }
    }
  }

  private MemorySegment fill(Arena arena) throws FileException {
    MemorySegment memory = buffer.memory(arena);
    while (!ended && !buffer.isFull()) {
      int count = feed.read(memory.asSlice(buffer.filled()));
      ended = count == 0;
      buffer.added(count);
    }
    return memory.asSlice(0, buffer.filled()).asReadOnly();
  }

  @Override
  public void close() {
    ended = true;
    buffer.restart(buffer.byteOffset());
    buffer.close();
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
