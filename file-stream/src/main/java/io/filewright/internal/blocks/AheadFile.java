package io.filewright.internal.blocks;

import io.filewright.error.FileException;
import io.filewright.spi.OpenedFile;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

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
    var read = new Read(Buffer.of(buffers, from, to));
    read.goOn();
    return read;
  }

  @Override
  public Block read(long from, long to) throws FileException {
    return begin(from, to).await();
  }

  /// A block that is being filled. It keeps its buffer as long as the kernel may write to it.
  private final class Read implements PendingBlock {

    private final Buffer block;
    private final CompletableFuture<Block> done = new CompletableFuture<>();
    private final long end;
    private long at;

    Read(Buffer block) {
      this.block = block;
      boolean paged = alignment == Alignment.PAGE;
      this.at = paged ? block.byteOffset() & -Buffer.PAGE : block.byteOffset();
      this.end = paged ? (block.end() + Buffer.PAGE - 1) & -Buffer.PAGE : block.end();
    }

    /// Reads that end at once take no stack. Nothing is thrown: this may be a thread of the engine,
    /// and whatever it is, who awaits the block must hear of it.
    void goOn() {
      try {
        while (at < block.end()) {
          // The block is closed by nobody before `done` has completed.
          var step = file.readAsync(at, block.place(at, end)).toCompletableFuture();
          if (!step.isDone()) {
            var _ = step.whenComplete((_, _) -> goOnAfter(step));
            return;
          }
          advance(step);
        }
        block.verify(file);
        done.complete(block);
      } catch (Throwable e) {
        fail(e);
      }
    }

    private void goOnAfter(CompletableFuture<Integer> step) {
      try {
        advance(step);
      } catch (Throwable e) {
        fail(e);
        return;
      }
      goOn();
    }

    private void advance(CompletableFuture<Integer> step) throws FileException {
      int count = step.join();
      if (count == 0) {
        throw block.shorter(file);
      }
      at += count;
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
        switch (e.getCause()) {
          case FileException failure -> throw failure;
          case RuntimeException mistake -> throw mistake;
          case Error error -> throw error;
          case null, default -> throw e;
        }
      }
    }

    /// Waits: the descriptor is closed after this, and the kernel may still be reading.
    @Override
    public void abandon() {
      done.handle((whole, _) -> Optional.ofNullable(whole)).join().ifPresent(Block::close);
    }
  }
}
