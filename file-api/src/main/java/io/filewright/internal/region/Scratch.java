package io.filewright.internal.region;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/// A buffer for reading a region block by block, borrowed from a small stock.
///
/// Fresh memory costs about 1.6 us a page on first touch, so buffers are used again: at most
/// [#KEPT] are kept for the life of the process, others go with the garbage collector.
final class Scratch implements AutoCloseable {

  /// Size of a buffer: reads of 256 KiB reach most of the speed of larger ones and stay in the L2
  /// cache.
  static final int BYTES = 256 << 10;

  private static final int KEPT = 2 * Runtime.getRuntime().availableProcessors();
  private static final ArrayBlockingQueue<MemorySegment> STOCK = new ArrayBlockingQueue<>(KEPT);

  private @Nullable MemorySegment memory;

  private Scratch(MemorySegment memory) {
    this.memory = memory;
  }

  static Scratch borrow() {
    MemorySegment kept = STOCK.poll();
    return new Scratch(kept != null ? kept : Arena.ofAuto().allocate(BYTES, 4096));
  }

  MemorySegment memory() {
    if (memory == null) {
      throw new IllegalStateException("The buffer was given back.");
    }
    return memory;
  }

  @Override
  public void close() {
    if (memory != null) {
      STOCK.offer(memory);
      memory = null;
    }
  }
}
