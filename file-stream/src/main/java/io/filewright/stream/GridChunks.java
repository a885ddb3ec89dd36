package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.error.MemoryLimitExceeded;
import io.filewright.internal.blocks.Block;
import io.filewright.internal.blocks.BlockFile;
import io.filewright.internal.blocks.PendingBlock;
import io.filewright.internal.region.Lifetime;
import io.filewright.stream.Batches.Claim;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Chunks of a file that can be read anywhere, cell by cell.
final class GridChunks implements ChunkFeed {

  private final BlockFile file;
  private final Grid grid;
  private final CellCutter cutter;

  /// Of the file; each cell that was begun holds a reference.
  private final Lifetime lifetime;

  private final Queue<Cell> begun = new ArrayDeque<>();
  private long next;

  /// @param file closed with this, when the last of its cells has been made or abandoned
  GridChunks(BlockFile file, Grid grid, CellCutter cutter) {
    this.file = file;
    this.grid = grid;
    this.cutter = cutter;
    this.lifetime = new Lifetime(file::close);
    this.next = grid.firstCell();
  }

  @Override
  public @Nullable Claim<Chunk> claim() throws FileException {
    while (begun.size() < file.depth() && next < grid.lastCell()) {
      begun.add(begin(next++));
    }
    return begun.poll();
  }

  private Cell begin(long index) throws FileException {
    PendingBlock block = file.begin(cutter.readFrom(grid, index), cutter.readTo(grid, index, 0));
    if (!lifetime.tryAcquire()) {
      throw new AssertionError("open while chunks are claimed");
    }
    return block == null ? new Cell(index) : new BegunCell(index, block);
  }

  private Block read(long cell, long extra) throws FileException {
    return file.read(cutter.readFrom(grid, cell), cutter.readTo(grid, cell, extra));
  }

  /// Reads again, and more, when the cell's last record goes on behind what was read.
  ///
  /// @return null if no record begins in the cell
  private @Nullable Chunk cut(long cell, Block first) throws FileException {
    Block block = first;
    long grown = 0;
    while (true) {
      switch (cutInto(block, cell)) {
        case CellCutter.Cut.Nothing _ -> {
          block.close();
          return null;
        }
        case CellCutter.Cut.Whole(long from, long to) -> {
          return new Chunk(file.path(), cell, block, from, to);
        }
        case CellCutter.Cut.Unfinished(long record) -> {
          block.close();
          grown = Math.max(cutter.firstGrowth(), 4 * grown);
          block = readMore(cell, grown, record);
        }
      }
    }
  }

  private Block readMore(long cell, long extra, long record) throws FileException {
    try {
      return read(cell, extra);
    } catch (MemoryLimitExceeded e) {
      throw DelimitedCutter.noRoom(file.path(), record, e);
    }
  }

  private CellCutter.Cut cutInto(Block block, long cell) throws FileException {
    boolean done = false;
    try {
      CellCutter.Cut cut = cutter.cut(grid, cell, block);
      done = true;
      return cut;
    } finally {
      if (!done) {
        block.close();
      }
    }
  }

  @Override
  public void close() {
    next = grid.lastCell();
    begun.forEach(Cell::abandon);
    begun.clear();
    lifetime.close();
  }

  /// A cell whose bytes are read by who makes its chunk.
  private class Cell implements Claim<Chunk> {

    private final long index;

    Cell(long index) {
      this.index = index;
    }

    Block block() throws FileException {
      return read(index, 0);
    }

    /// Not `ofNullable`: for most passes the compiler sees that there is no null, and then makes no
    /// [Optional] either.
    @Override
    public final Optional<Chunk> make() throws FileException {
      try {
        Chunk chunk = cut(index, block());
        return chunk == null ? Optional.empty() : Optional.of(chunk);
      } finally {
        lifetime.release();
      }
    }

    @Override
    public void abandon() {
      lifetime.release();
    }
  }

  /// A cell whose bytes are on their way.
  private final class BegunCell extends Cell {

    private final PendingBlock block;

    BegunCell(long index, PendingBlock block) {
      super(index);
      this.block = block;
    }

    @Override
    Block block() throws FileException {
      return block.await();
    }

    @Override
    public void abandon() {
      block.abandon();
      super.abandon();
    }
  }
}
