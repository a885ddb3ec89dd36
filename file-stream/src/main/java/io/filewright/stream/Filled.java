package io.filewright.stream;

import io.filewright.SegmentFunction;
import io.filewright.error.FileException;
import io.filewright.internal.blocks.Block;
import io.filewright.internal.blocks.Buffers.Buffer;
import java.lang.foreign.Arena;

/// A buffer that was filled from its beginning on.
///
/// @param byteOffset of its first byte in what was read
record Filled(Buffer buffer, long byteOffset, long byteSize) implements Block {

  @Override
  public <T> T apply(long from, long size, SegmentFunction<T> function) throws FileException {
    try (Arena arena = Arena.ofConfined()) {
      return function.apply(buffer.segment(arena).asSlice(from, size).asReadOnly());
    }
  }

  @Override
  public void close() {
    buffer.close();
  }
}
