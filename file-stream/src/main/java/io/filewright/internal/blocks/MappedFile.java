package io.filewright.internal.blocks;

import io.filewright.MmapRegion;
import io.filewright.SegmentFunction;
import io.filewright.error.FileException;
import java.nio.file.Path;

/// Windows of one mapping, handed out without a copy; the region's guard decides whether what was
/// computed from them counts. The mapping is brought in and let go by the [Stretches] they lie in.
final class MappedFile implements BlockFile {

  private final MmapRegion region;
  private final Stretches stretches;
  private final int depth;

  /// @param region all of the file; closed with this
  /// @param blockBytes of most blocks
  MappedFile(MmapRegion region, long blockBytes) {
    this.region = region;
    this.stretches = new Stretches(region);
    this.depth = Stretches.blocksAhead(blockBytes);
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
    return depth;
  }

  @Override
  public PendingBlock begin(long from, long to) {
    stretches.enter(from, to);
    return new PendingBlock() {
      @Override
      public Block await() throws FileException {
        return window(from, to);
      }

      @Override
      public void abandon() {
        stretches.leave(from, to);
      }
    };
  }

  @Override
  public Block read(long from, long to) throws FileException {
    stretches.enter(from, to);
    return window(from, to);
  }

  @SuppressWarnings("MustBeClosed") // with the window
  private Block window(long from, long to) throws FileException {
    boolean done = false;
    try {
      stretches.await(from, to);
      var window = new Window(region.slice(from, to));
      done = true;
      return window;
    } finally {
      if (!done) {
        stretches.leave(from, to);
      }
    }
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

    @Override
    public void close() {
      try {
        stretches.leave(byteOffset(), byteOffset() + byteSize());
      } finally {
        slice.close();
      }
    }
  }
}
