package io.filewright.internal.blocks;

import io.filewright.SegmentFunction;
import io.filewright.error.FileException;
import io.filewright.internal.region.Faults;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A block that was read into a buffer, so that nothing can happen to it any more.
///
/// ```
///   file     |----page----|----page----|----page----|
///   block             [byteOffset ............ byteSize)
///   buffer   |...lead..|.......................|....|
/// ```
///
/// The bytes lie in their pages as they do in the file's: the kernel copies fastest between places
/// that are aligned alike, and direct I/O does nothing else.
record BufferBlock(Buffers.Buffer buffer, long byteOffset, long byteSize) implements Block {

  static final int PAGE = 4096;

  /// A block for `[from, to)` that is still to be filled.
  static BufferBlock empty(Buffers buffers, long from, long to) throws FileException {
    long room = to - (from & -PAGE);
    return new BufferBlock(buffers.take((room + PAGE - 1) & -PAGE), from, to - from);
  }

  /// Where its bytes are, as long as it is open.
  MemorySegment memory() {
    return buffer.memory().asSlice(lead(), byteSize);
  }

  private long lead() {
    return byteOffset & (PAGE - 1);
  }

  long end() {
    return byteOffset + byteSize;
  }

  @Override
  public <T> T apply(long from, long size, SegmentFunction<T> function) throws FileException {
    try (Arena arena = Arena.ofConfined()) {
      return function.apply(buffer.segment(arena).asSlice(lead() + from, size).asReadOnly());
    }
  }

  @Override
  public <T> T inspect(SegmentFunction<T> function) throws FileException {
    return function.apply(memory());
  }

  @Override
  public void close() {
    buffer.close();
  }

  /// Asks the file's size once more after a read: one that was under way while the file became
  /// shorter may have handed out zeros.
  void verify(OpenedFile file) throws FileException {
    long now = file.size();
    if (now < end()) {
      throw truncated(file, now);
    }
  }

  /// The failure of a read that met the file's end within the block.
  FileException shorter(OpenedFile file) {
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
