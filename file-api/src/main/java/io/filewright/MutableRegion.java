package io.filewright;

import com.google.errorprone.annotations.MustBeClosed;
import io.filewright.error.FileException;
import io.filewright.error.OutOfBounds;
import io.filewright.internal.region.GuardedAccess;
import io.filewright.internal.region.RawView;
import io.filewright.internal.region.WritableMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/// A region that is written as well as read. What becomes of the stores is the subclass' business.
///
/// | way in | cost | protected against truncation and a full disk |
/// |---|---|---|
/// | [#write], [#fill], [#copy] | a copy | yes |
/// | [#writeAsync] | the same, off the calling thread | yes |
/// | [#update] | none: raw memory | result withheld until checked |
/// | [#writableAccess] | none; a lease of about 20 ns | after [Access#verify], likewise |
///
/// Writes of several threads to the same bytes at the same time leave any mixture of them; order is
/// the caller's business. Slices of it are read-only.
public abstract sealed class MutableRegion extends MmapRegion
    permits WritableRegion, CopyOnWriteRegion {

  /// What is moved at a time by [#fill] and [#copy].
  private static final long BLOCK_BYTES = 256 << 10;

  private final WritableMemory memory;

  MutableRegion(RegionParts parts) {
    super(parts);
    this.memory = (WritableMemory) parts.memory();
  }

  /// Writes all of the source at an offset.
  ///
  /// @param source memory of any kind; the region has room for it
  /// @throws OutOfBounds if it has not
  public final void write(long byteOffset, MemorySegment source) throws FileException {
    using(
        "write",
        () -> {
          checkRoom(byteOffset, source.byteSize());
          memory.write(byteOffset, source);
          return true;
        });
  }

  /// Writes what remains in a buffer, and moves its position to its limit.
  public final void write(long byteOffset, ByteBuffer source) throws FileException {
    write(byteOffset, MemorySegment.ofBuffer(source));
    source.position(source.limit());
  }

  /// Writes without blocking the caller, whatever the disk does.
  ///
  /// @param source memory of a shared, automatic or global arena, or on the heap; must stay alive
  ///   and unchanged until the future completes
  /// @return completes with the number of bytes written; cancelling it does not stop the write
  public final CompletableFuture<Long> writeAsync(long byteOffset, MemorySegment source) {
    return transfer(
        "writeAsync",
        byteOffset,
        source,
        _ -> {
          checkRoom(byteOffset, source.byteSize());
          return memory.writeAsync(byteOffset, source);
        });
  }

  /// Gives each of the bytes `[from, to)` the same value.
  public final void fill(long from, long to, byte value) throws FileException {
    using(
        "fill",
        () -> {
          OutOfBounds.checkRange(from, to, byteSize());
          memory.claim(from, to);
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = arena.allocate(Math.min(to - from, BLOCK_BYTES)).fill(value);
            for (long at = from; at < to; ) {
              long size = Math.min(to - at, BLOCK_BYTES);
              memory.write(at, block.asSlice(0, size));
              at += size;
            }
          }
          return true;
        });
  }

  /// Copies the bytes `[from, to)` of a region to an offset of this one; of this region itself,
  /// too, where they may overlap.
  public final void copy(MmapRegion source, long from, long to, long byteOffset)
      throws FileException {
    using("copy", () -> source.using("copy", () -> copyHeld(source, from, to, byteOffset)));
  }

  /// Both regions keep their sizes while they are held.
  private boolean copyHeld(MmapRegion source, long from, long to, long byteOffset)
      throws FileException {
    OutOfBounds.checkRange(from, to, source.byteSize());
    checkRoom(byteOffset, to - from);
    memory.claim(byteOffset, byteOffset + to - from);
    boolean backwards =
        source.memory().equals(memory) && source.fileOffset() + from < fileOffset() + byteOffset;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(Math.min(to - from, BLOCK_BYTES));
      for (long done = 0; done < to - from; ) {
        long size = Math.min(to - from - done, BLOCK_BYTES);
        long at = backwards ? to - from - done - size : done;
        MemorySegment block = buffer.asSlice(0, size);
        source.read(from + at, block);
        memory.write(byteOffset + at, block);
        done += size;
      }
    }
    return true;
  }

  /// Runs a function over the raw memory, which it may read and write; otherwise as [#apply].
  ///
  /// A fault on the way leaves any part of the stores undone.
  ///
  /// @param function gets the whole region as a segment that is dead afterwards
  public final <T> T update(SegmentFunction<T> function) throws FileException {
    return using(
        "update",
        () -> {
          memory.claim(0, byteSize());
          return GuardedAccess.apply(memory, RawView.WRITABLE, 0, byteSize(), function::apply);
        });
  }

  /// A lease of the raw memory for the calling thread, to be written as well; to be closed by it.
  @MustBeClosed
  public final Access writableAccess() throws FileException {
    using(
        "writableAccess",
        () -> {
          memory.claim(0, byteSize());
          return true;
        });
    return access("writableAccess", RawView.WRITABLE);
  }

  private void checkRoom(long byteOffset, long size) {
    if (byteOffset < 0 || size > byteSize() - byteOffset) {
      OutOfBounds.checkRange(byteOffset, byteOffset + size, byteSize());
    }
  }
}
