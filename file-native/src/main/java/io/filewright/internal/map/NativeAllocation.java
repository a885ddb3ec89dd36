package io.filewright.internal.map;

import io.filewright.internal.os.Os;
import io.filewright.spi.Allocation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Memory from malloc(3), whose segments belong to whatever arena they are asked for.
public final class NativeAllocation implements Allocation {

  private final Os os;
  private final long address;
  private final long byteSize;

  /// @throws OutOfMemoryError if the system has none left
  public NativeAllocation(Os os, long byteSize) {
    this.os = os;
    this.byteSize = byteSize;
    this.address = os.allocate(byteSize);
    if (address == 0) {
      throw new OutOfMemoryError("no native memory for " + byteSize + " bytes");
    }
  }

  @Override
  public MemorySegment segment(Arena arena) {
    return os.segment(address, byteSize, arena);
  }

  @Override
  public void close() {
    os.free(address);
  }
}
