package io.filewright.internal.blocks;

import io.filewright.error.FileException;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Reads that the engine does while the blocks before are processed: on its ring or its threads,
/// several at a time.
final class AheadFile extends BufferedFile {

  private final int depth;
  private final Alignment alignment;

  /// What reads have to be multiples of.
  enum Alignment {
    /// Of nothing.
    BYTE,
    /// Of a page: offsets, sizes and memory, for direct I/O.
    PAGE
  }

  AheadFile(OpenedFile file, long byteSize, Buffers buffers, int depth, Alignment alignment) {
    super(file, byteSize, buffers);
    this.depth = depth;
    this.alignment = alignment;
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public PendingBlock begin(long from, long to) throws FileException {
    var read = new Read(BufferBlock.empty(buffers, from, to));
    read.goOn();
    return read;
  }

  /// A block that is being filled. It keeps its buffer as long as the kernel may write to it.
  private final class Read implements PendingBlock {

    private final BufferBlock block;
    private final CompletableFuture<Block> done = new CompletableFuture<>();
    private final long end;
    private long at;

    Read(BufferBlock block) {
      this.block = block;
      boolean paged = alignment == Alignment.PAGE;
      this.at = paged ? block.byteOffset() & -BufferBlock.PAGE : block.byteOffset();
      this.end = paged ? (block.end() + BufferBlock.PAGE - 1) & -BufferBlock.PAGE : block.end();
    }

    /// Reads that end at once take no stack.
    void goOn() {
      while (at < block.end()) {
        CompletionStage<Integer> step = file.readAsync(at, rest());
        var future = step.toCompletableFuture();
        if (!future.isDone()) {
          var _ = future.whenComplete((count, error) -> after(count == null ? 0 : count, error));
          return;
        }
        if (!took(future)) {
          return;
        }
      }
      finish();
    }

    /// The block is closed by nobody before `done` has completed.
    private MemorySegment rest() {
      long start = block.byteOffset() & -BufferBlock.PAGE;
      return block.buffer().memory().asSlice(at - start, end - at);
    }

    private boolean took(CompletableFuture<Integer> future) {
      try {
        return advance(future.join());
      } catch (CompletionException e) {
        fail(e);
        return false;
      }
    }

    private void after(int count, @Nullable Throwable error) {
      if (error != null) {
        fail(error);
      } else if (advance(count)) {
        goOn();
      }
    }

    private boolean advance(int count) {
      at += count;
      if (count == 0) {
        fail(block.shorter(file));
      }
      return count > 0;
    }

    private void finish() {
      try {
        block.verify(file);
        done.complete(block);
      } catch (FileException e) {
        fail(e);
      }
    }

    private void fail(Throwable error) {
      block.close();
      Throwable cause = error.getCause();
      done.completeExceptionally(
          error instanceof CompletionException && cause != null ? cause : error);
    }

    @Override
    public Block await() throws FileException {
      try {
        return done.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof FileException failure) {
          throw failure;
        }
        throw e;
      }
    }

    /// Waits: the descriptor is closed after this, and the kernel may still be reading.
    @Override
    public void abandon() {
      try {
        await().close();
      } catch (FileException | CompletionException _) {
        // Nobody wants to know any more; the block is closed.
      }
    }
  }
}
