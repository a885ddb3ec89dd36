package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.internal.blocks.Block;
import io.filewright.internal.blocks.BlockFile;
import io.filewright.internal.blocks.PendingBlock;
import io.filewright.stream.Batches.Claim;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/// Chunks of a file that can be read anywhere, cell by cell.
final class GridChunks implements ChunkFeed {

  private final BlockFile file;
  private final Grid grid;
  private final CellCutter cutter;
  private final Queue<Cell> begun = new ArrayDeque<>();
  private long next;

  /// @param file closed with this
  GridChunks(BlockFile file, Grid grid, CellCutter cutter) {
    this.file = file;
    this.grid = grid;
    this.cutter = cutter;
    this.next = grid.firstCell();
  }

  @Override
  public Optional<Claim<Chunk>> claim() throws FileException {
    while (begun.size() < file.depth() && next < grid.lastCell()) {
      long cell = next++;
      long from = cutter.readFrom(grid, cell);
      begun.add(new Cell(cell, file.begin(from, cutter.readTo(grid, cell, 0))));
    }
    return Optional.ofNullable(begun.poll());
  }

  /// Reads again, and more, when the cell's last record goes on behind what was read.
  private Optional<Chunk> cut(Cell cell) throws FileException {
    Block block = cell.block.await();
    long grown = 0;
    while (true) {
      CellCutter.Cut cut = cutInto(block, cell.index);
      switch (cut) {
        case CellCutter.Cut.Nothing _ -> {
          block.close();
          return Optional.empty();
        }
        case CellCutter.Cut.Whole(long from, long to) -> {
          return Optional.of(new Chunk(file.path(), cell.index, block, from, to));
        }
        case CellCutter.Cut.Unfinished _ -> {
          block.close();
          grown = Math.max(cutter.firstGrowth(), 4 * grown);
          long to = cutter.readTo(grid, cell.index, grown);
          block = file.begin(cutter.readFrom(grid, cell.index), to).await();
        }
      }
    }
  }

  private CellCutter.Cut cutInto(Block block, long cell) throws FileException {
    boolean done = false;
    try {
      CellCutter.Cut cut =
          block.inspect(memory -> cutter.cut(grid, cell, memory, block.byteOffset()));
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
    file.close();
  }

  /// A cell whose bytes are on their way.
  private final class Cell implements Claim<Chunk> {

    private final long index;
    private final PendingBlock block;

    Cell(long index, PendingBlock block) {
      this.index = index;
      this.block = block;
    }

    @Override
    public Optional<Chunk> make() throws FileException {
      return cut(this);
    }

    @Override
    public void abandon() {
      block.abandon();
    }
  }
}
