package io.filewright.internal.blocks;

import io.filewright.error.FileException;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.MemorySegment;

/// Positional reads by whoever awaits the block: nearly as fast as a mapping for one pass, and
/// unable to fault. The kernel reads ahead meanwhile.
final class PositionalFile extends BufferedFile {

  private final ReadAhead ahead;

  PositionalFile(OpenedFile file, long byteSize, Buffers buffers, ReadAhead ahead) {
    super(file, byteSize, buffers);
    this.ahead = ahead;
  }

  @Override
  public int depth() {
    return 1;
  }

  @Override
  public PendingBlock begin(long from, long to) {
    ahead.reached(from);
    return new PendingBlock() {
      @Override
      public Block await() throws FileException {
        return read(from, to);
      }

      @Override
      public void abandon() {}
    };
  }

  private Block read(long from, long to) throws FileException {
    var block = BufferBlock.empty(buffers, from, to);
    boolean done = false;
    try {
      fill(block, block.memory());
      block.verify(file);
      done = true;
      return block;
    } finally {
      if (!done) {
        block.close();
      }
    }
  }

  private void fill(BufferBlock block, MemorySegment target) throws FileException {
    for (long at = 0; at < block.byteSize(); ) {
      int count = file.read(block.byteOffset() + at, target.asSlice(at));
      if (count == 0) {
        throw block.shorter(file);
      }
      at += count;
    }
  }
}
