package io.filewright.spi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Off-heap memory of the process' own, with undefined content at first.
public interface Allocation extends AutoCloseable {

  /// The memory, writable. Its scope is the arena's if the engine can do that; otherwise the
  /// allocation's own.
  MemorySegment segment(Arena arena);

  /// Gives the memory back. Called once, when nobody uses it any more.
  @Override
  void close();
}
