package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.internal.blocks.Buffers;
import io.filewright.scan.ByteScan;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// Cuts what has been appended into chunks. A record that has no end yet stays in the buffer.
final class FollowedRecords implements AutoCloseable {

  private final byte delimiter;
  private final CarryOver buffer;
  private long looked;

  FollowedRecords(Follow follow, Buffers buffers) {
    this.delimiter = follow.delimiter();
    this.buffer = new CarryOver(follow.path(), follow.sizes(), buffers, 0);
  }

  /// Begins with a file.
  ///
  /// @param newOffset where in it
  void begin(long newOffset) {
    buffer.restart(newOffset);
    looked = 0;
  }

  /// Whole records, if there are any.
  Optional<Chunk> read(FollowedFiles files) throws FileException {
    try (Arena arena = Arena.ofConfined()) {
      while (true) {
        MemorySegment memory = buffer.memory(arena);
        int count = files.read(memory.asSlice(buffer.filled()));
        buffer.added(count);
        long end = ByteScan.lastIndexOf(memory, delimiter, looked, buffer.filled()) + 1;
        if (end > 0) {
          return Optional.of(handOut(end, arena));
        }
        looked = buffer.filled();
        if (buffer.isFull()) {
          buffer.grow(arena);
        } else if (count == 0) {
          return Optional.empty();
        }
      }
    }
  }

  /// What is left of a file that is given up.
  Optional<Chunk> rest() throws FileException {
    if (buffer.filled() == 0) {
      return Optional.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      return Optional.of(handOut(buffer.filled(), arena));
    }
  }

  private Chunk handOut(long end, Arena arena) throws FileException {
    Chunk chunk = buffer.handOut(end, arena);
    looked = buffer.filled();
    return chunk;
  }

  @Override
  public void close() {
    buffer.close();
  }
}
