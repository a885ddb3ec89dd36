package io.filewright.internal.blocks;

import io.filewright.MmapAdvice;
import io.filewright.MmapRegion;
import io.filewright.SegmentFunction;
import io.filewright.error.FileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Windows of one mapping, brought in ahead of their use and let go behind it. They are handed out
/// without a copy; the region's guard decides whether what was computed from them counts.
final class MappedFile implements BlockFile {

  private static final int DEPTH = 2;

  private final MmapRegion region;

  /// @param region all of the file; closed with this
  MappedFile(MmapRegion region) {
    this.region = region;
  }

  @Override
  public Path path() {
    return region.path();
  }

  @Override
  public long byteSize() {
    return region.byteSize();
  }

  @Override
  public int depth() {
    return DEPTH;
  }

  @Override
  public PendingBlock begin(long from, long to) {
    CompletableFuture<Void> loaded = region.prefetch(from, to);
    return new PendingBlock() {
      @Override
      @SuppressWarnings("MustBeClosed") // with the window
      public Block await() throws FileException {
        try {
          loaded.join();
        } catch (CompletionException e) {
          if (e.getCause() instanceof FileException failure) {
            throw failure;
          }
          throw e;
        }
        return new Window(region.slice(from, to));
      }

      @Override
      public void abandon() {
        loaded.cancel(false);
      }
    };
  }

  @Override
  public void close() {
    region.close();
  }

  /// A slice, which holds a reference of its own.
  private final class Window implements Block {

    private final MmapRegion slice;

    Window(MmapRegion slice) {
      this.slice = slice;
    }

    @Override
    public long byteOffset() {
      return slice.fileOffset();
    }

    @Override
    public long byteSize() {
      return slice.byteSize();
    }

    @Override
    public <T> T apply(long from, long size, SegmentFunction<T> function) throws FileException {
      return from == 0 && size == slice.byteSize()
          ? slice.apply(function)
          : slice.apply(all -> function.apply(all.asSlice(from, size)));
    }

    /// Whole pages only: the first and the last may belong to a neighbour that is still in use.
    @Override
    public void close() {
      try {
        long page = BufferBlock.PAGE;
        long from = (byteOffset() + page - 1) & -page;
        long to = (byteOffset() + byteSize()) & -page;
        if (from < to) {
          region.advise(MmapAdvice.DONT_NEED, from, to);
        }
      } catch (FileException | IllegalStateException _) {
        // Advice: the pages go with the mapping at the latest.
      } finally {
        slice.close();
      }
    }
  }
}
