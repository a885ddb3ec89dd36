package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.error.MemoryLimitExceeded;
import io.filewright.internal.blocks.Buffer;
import io.filewright.internal.blocks.Buffers;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A buffer that is filled from its front and handed out as a chunk up to where a record ends; what
/// is behind that is carried over into the next one.
///
/// ```
///   |--- whole records ---|--- begun ---|......|
///   0                    end         filled   room
///                         └──> the front of the next buffer
/// ```
///
/// Not thread-safe.
final class CarryOver implements AutoCloseable {

  private final Path path;
  private final ChunkSource.Sizes sizes;
  private final Buffers buffers;

  private @Nullable Buffer filling;
  private long room;
  private long filled;
  private long byteOffset;
  private long index;

  /// @param path for messages
  /// @param byteOffset of the first byte, for messages
  CarryOver(Path path, ChunkSource.Sizes sizes, Buffers buffers, long byteOffset) {
    this.path = path;
    this.sizes = sizes;
    this.buffers = buffers;
    this.byteOffset = byteOffset;
  }

  /// The offset of the first byte that it holds.
  long byteOffset() {
    return byteOffset;
  }

  /// How many bytes it holds.
  long filled() {
    return filled;
  }

  boolean isFull() {
    return filled == room;
  }

  /// All of its memory, in the arena's scope; what it holds is in front.
  MemorySegment memory(Arena arena) throws FileException {
    if (filling == null) {
      filling = buffers.take(sizes.chunkBytes());
      room = sizes.chunkBytes();
    }
    return filling.segment(arena).asSlice(0, room);
  }

  /// So many bytes were put behind those that it holds.
  void added(long byteSize) {
    filled += byteSize;
  }

  /// Forgets what it holds, and goes on elsewhere.
  void restart(long newOffset) {
    byteOffset = newOffset;
    filled = 0;
  }

  /// Hands out the bytes before an end, of which there is at least one.
  Chunk handOut(long end, Arena arena) throws FileException {
    long rest = filled - end;
    long nextRoom = Math.max(rest, sizes.chunkBytes());
    Buffer next = rest == 0 ? null : copy(end, nextRoom, arena);
    Buffer block = Objects.requireNonNull(filling);
    block.holdInFront(byteOffset, end);
    var chunk = new Chunk(path, index++, block, byteOffset, byteOffset + end);
    filling = next;
    room = nextRoom;
    byteOffset += end;
    filled = rest;
    return chunk;
  }

  /// Makes room for a record that is longer than all there is.
  ///
  /// @throws io.filewright.error.DataException if it is longer than any may be
  void grow(Arena arena) throws FileException {
    long most = sizes.maxRecordBytes();
    if (filled > most) {
      throw DelimitedCutter.tooLong(path, byteOffset, most);
    }
    long larger = most - room < room ? Math.max(most, room) + 1 : 2 * room; // no overflow
    Buffer target = copy(0, larger, arena);
    close();
    filling = target;
    room = larger;
  }

  private Buffer copy(long from, long targetBytes, Arena arena) throws FileException {
    Buffer target = take(targetBytes, byteOffset + from);
    MemorySegment.copy(memory(arena), from, target.segment(arena), 0, filled - from);
    return target;
  }

  private Buffer take(long targetBytes, long record) throws FileException {
    try {
      return buffers.take(targetBytes);
    } catch (MemoryLimitExceeded e) {
      throw DelimitedCutter.noRoom(path, record, e);
    }
  }

  /// Gives the buffer back; chunks stay valid. Idempotent.
  @Override
  public void close() {
    if (filling != null) {
      filling.close();
      filling = null;
    }
  }
}
