package io.filewright;

import io.filewright.internal.region.DivergingMemory;

/// A private version of a file: what is written stays in this process and never reaches the file,
/// which need only be readable.
///
/// Pages that are not written show the file as it is now; a page keeps its content from its first
/// write on. Each page that is written takes memory that the kernel cannot take back, so it is
/// charged to the runtime's budget first: a write that does not fit fails with
/// [io.filewright.error.MemoryLimitExceeded] and changes nothing. [#update] and [#writableAccess]
/// may write anywhere, so they charge the whole region.
public final class CopyOnWriteRegion extends MutableRegion {

  private final DivergingMemory memory;

  CopyOnWriteRegion(RegionParts parts) {
    super(parts);
    this.memory = (DivergingMemory) parts.memory();
  }

  /// How many bytes the pages take that were written, or were about to be: whole pages.
  public long dirtyBytes() {
    return memory.dirtyBytes();
  }
}
