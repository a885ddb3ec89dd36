package io.filewright.internal.blocks;

import io.filewright.error.FileException;
import io.filewright.spi.OpenedFile;
import org.jspecify.annotations.Nullable;

/// Positional reads by whoever wants the block: nearly as fast as a mapping for one pass, and
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
  public @Nullable PendingBlock begin(long from, long to) {
    ahead.reached(from);
    return null;
  }

  @Override
  public Block read(long from, long to) throws FileException {
    Buffer block = Buffer.of(buffers, from, to);
    boolean done = false;
    try {
      for (long at = from; at < to; ) {
        int count = file.read(at, block.place(at, to));
        if (count == 0) {
          throw block.shorter(file);
        }
        at += count;
      }
      block.verify(file);
      done = true;
      return block;
    } finally {
      if (!done) {
        block.close();
      }
    }
  }
}
