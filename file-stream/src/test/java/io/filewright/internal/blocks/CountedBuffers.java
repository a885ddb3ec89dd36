package io.filewright.internal.blocks;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/// Buffers that know how many of them are out, and die when they come back.
final class CountedBuffers implements Buffers {

  private final AtomicInteger out = new AtomicInteger();

  int out() {
    return out.get();
  }

  @Override
  public Buffer take(long byteSize) {
    Arena memory = Arena.ofShared();
    MemorySegment segment = memory.allocate(byteSize, Buffer.PAGE);
    out.incrementAndGet();
    return new Buffer(segment) {
      @Override
      public MemorySegment segment(Arena arena) {
        return segment;
      }

      @Override
      public void close() {
        memory.close();
        out.decrementAndGet();
      }
    };
  }
}
