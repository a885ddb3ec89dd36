package io.filewright.internal.region;

import io.filewright.error.FileException;
import io.filewright.memory.MemoryBudget;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/// A copy of a file's content that is written. All of it has been charged already.
public final class WrittenCopy extends CopiedMemory implements DivergingMemory {

  private final DirtyPages dirty;

  public WrittenCopy(Path path, CopiedMapping copy, long fileOffset, int pageSize) {
    super(path, copy, fileOffset);
    var charged = MemoryBudget.ofBytes(Long.MAX_VALUE);
    this.dirty = new DirtyPages(path, charged, pageSize, fileOffset);
  }

  @Override
  public void write(long byteOffset, MemorySegment source) throws FileException {
    claim(byteOffset, byteOffset + source.byteSize());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment.copy(source, 0, mapping().segment(arena), byteOffset, source.byteSize());
    }
  }

  @Override
  public CompletionStage<Void> writeAsync(long byteOffset, MemorySegment source) {
    return AsyncSteps.atOnce(() -> write(byteOffset, source));
  }

  @Override
  public void claim(long from, long to) throws FileException {
    dirty.claim(from, to);
  }

  @Override
  public long dirtyBytes() {
    return dirty.byteSize();
  }
}
