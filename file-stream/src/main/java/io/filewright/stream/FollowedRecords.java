package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.internal.blocks.Buffers;
import io.filewright.internal.blocks.Buffers.Buffer;
import io.filewright.scan.ByteScan;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Cuts what has been appended into chunks. A record that has no end yet stays in the buffer.
final class FollowedRecords implements AutoCloseable {

  private final Follow follow;
  private final Buffers buffers;
  private @Nullable Buffer filling;
  private long room;
  private long filled;
  private long looked;
  private long byteOffset;
  private long index;

  FollowedRecords(Follow follow, Buffers buffers) {
    this.follow = follow;
    this.buffers = buffers;
  }

  /// Begins with a file.
  ///
  /// @param newOffset where in it
  void begin(long newOffset) {
    byteOffset = newOffset;
    filled = 0;
    looked = 0;
  }

  /// Whole records, if there are any.
  Optional<Chunk> read(FollowedFiles files) throws FileException {
    try (Arena arena = Arena.ofConfined()) {
      while (true) {
        MemorySegment memory = buffer(arena);
        int count = files.read(memory.asSlice(filled));
        filled += count;
        long end = ByteScan.lastIndexOf(memory, follow.delimiter(), looked, filled) + 1;
        if (end > 0) {
          return Optional.of(handOut(end, memory, arena));
        }
        looked = filled;
        if (count == 0 && filled < room) {
          return Optional.empty();
        }
        if (filled == room) {
          grow(memory, arena);
        }
      }
    }
  }

  /// What is left of a file that is given up.
  Optional<Chunk> rest(FollowedFiles files) throws FileException {
    if (filled == 0) {
      return Optional.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      return Optional.of(handOut(filled, buffer(arena), arena));
    }
  }

  private MemorySegment buffer(Arena arena) throws FileException {
    if (filling == null) {
      room = follow.sizes().chunkBytes();
      filling = buffers.take(room);
    }
    return filling.segment(arena).asSlice(0, room);
  }

  private Chunk handOut(long end, MemorySegment memory, Arena arena) throws FileException {
    long rest = filled - end;
    Buffer next = null;
    if (rest > 0) {
      next = buffers.take(Math.max(rest, follow.sizes().chunkBytes()));
      MemorySegment.copy(memory, end, next.segment(arena), 0, rest);
    }
    var block = new Filled(Objects.requireNonNull(filling), byteOffset, end);
    var chunk = new Chunk(follow.path(), index++, block, byteOffset, byteOffset + end);
    filling = next;
    room = Math.max(rest, follow.sizes().chunkBytes());
    byteOffset += end;
    filled = rest;
    looked = rest;
    return chunk;
  }

  private void grow(MemorySegment memory, Arena arena) throws FileException {
    long most = follow.sizes().maxRecordBytes();
    if (filled > most) {
      throw DelimitedCutter.tooLong(follow.path(), byteOffset, most);
    }
    long larger = Math.min(2 * room, Math.max(most, room) + 1);
    Buffer target = buffers.take(larger);
    MemorySegment.copy(memory, 0, target.segment(arena), 0, filled);
    close();
    filling = target;
    room = larger;
  }

  @Override
  public void close() {
    if (filling != null) {
      filling.close();
      filling = null;
    }
  }
}
