package io.filewright;

import io.filewright.error.FileException;
import io.filewright.internal.region.DivergingMemory;
import java.nio.file.Path;

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

  /// Makes what the region holds the content of a file, all or nothing and durably, as [AtomicFile]
  /// does: of the file that was opened, or of any other. The region stays as it is; it is not
  /// resized to a file that has changed, and it shows the file that was opened, not the new one.
  ///
  /// Blocks while the disk works. A region of a part of a file makes a file of that part.
  ///
  /// @throws FileException if it could not be written, or the region could not be read; the target
  ///   is then what it was
  public void commitTo(Path target) throws FileException {
    AtomicFile.replace(
        target,
        file ->
            forEachBlock(
                (block, _) -> {
                  file.write(block);
                  return true;
                }));
  }
}
