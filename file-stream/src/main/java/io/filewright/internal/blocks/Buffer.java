package io.filewright.internal.blocks;

import io.filewright.SegmentFunction;
import io.filewright.error.FileException;
import io.filewright.internal.region.Faults;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Memory that holds one run of a file's bytes after the other: a block from the moment it is told
/// which until it is closed, so that a pass makes none for each. Nothing can happen to bytes that
/// were read into it.
///
/// ```
///   file     |----page----|----page----|----page----|
///   block             [byteOffset ............ byteSize)
///   buffer   |...lead..|.......................|....|
/// ```
///
/// The bytes of a file that is read anywhere lie in their pages as they do in the file's: the
/// kernel copies fastest between places that are aligned alike, and direct I/O does nothing else.
public abstract class Buffer implements Block {

  static final int PAGE = 4096;

  private final MemorySegment memory;

  /// Where the block is in it: for most blocks of a file where the one before was.
  private MemorySegment content;

  private long lead;
  private long byteOffset;
  private long byteSize;

  /// @param memory all of it, without a scope of its own
  protected Buffer(MemorySegment memory) {
    this.memory = memory;
    this.content = memory;
    this.byteSize = memory.byteSize();
  }

  /// All of it, in the arena's scope.
  public abstract MemorySegment segment(Arena arena);

  /// Says that its first bytes are those of a place of the file.
  public final void holdInFront(long newOffset, long newSize) {
    hold(0, newOffset, newSize);
  }

  /// A block for `[from, to)` that is still to be filled.
  static Buffer of(Buffers buffers, long from, long to) throws FileException {
    long lead = from & (PAGE - 1);
    Buffer buffer = buffers.take((lead + to - from + PAGE - 1) & -PAGE);
    buffer.hold(lead, from, to - from);
    return buffer;
  }

  private void hold(long newLead, long newOffset, long newSize) {
    if (newLead != lead || newSize != byteSize) {
      content = memory.asSlice(newLead, newSize);
    }
    lead = newLead;
    byteOffset = newOffset;
    byteSize = newSize;
  }

  @Override
  public final long byteOffset() {
    return byteOffset;
  }

  @Override
  public final long byteSize() {
    return byteSize;
  }

  final long end() {
    return byteOffset + byteSize;
  }

  /// Where `[from, to)` of the file belongs, as long as this is open; may be in the block's pages
  /// beside it.
  final MemorySegment place(long from, long to) {
    return from == byteOffset && to == end()
        ? content
        : memory.asSlice(lead + from - byteOffset, to - from);
  }

  @Override
  public final <T> T apply(long from, long size, SegmentFunction<T> function) throws FileException {
    try (Arena arena = Arena.ofConfined()) {
      return function.apply(segment(arena).asSlice(lead + from, size).asReadOnly());
    }
  }

  @Override
  public final <T> T inspect(SegmentFunction<T> function) throws FileException {
    return function.apply(content);
  }

  /// Asks the file's size once more after a read: one that was under way while the file became
  /// shorter may have handed out zeros.
  final void verify(OpenedFile file) throws FileException {
    long now = file.size();
    if (now < end()) {
      throw truncated(file, now);
    }
  }

  /// The failure of a read that met the file's end within the block.
  final FileException shorter(OpenedFile file) {
    try {
      return truncated(file, file.size());
    } catch (FileException e) {
      return e;
    }
  }

  private FileException truncated(OpenedFile file, long fileBytes) {
    return Faults.truncated(file.path(), "read", byteOffset, end(), fileBytes, null);
  }
}
