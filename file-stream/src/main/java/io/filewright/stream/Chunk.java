package io.filewright.stream;

import io.filewright.SegmentFunction;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.TooLarge;
import io.filewright.internal.blocks.Block;
import io.filewright.internal.region.Lifetime;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/// Some whole records of a file, in memory until it is closed.
///
/// Used and closed on any thread. Closing is idempotent and waits for nobody: the memory goes back
/// when the last call that is under way has ended; later calls throw [AlreadyClosed].
public final class Chunk implements AutoCloseable {

  private static final int MAX_ARRAY_BYTES = Integer.MAX_VALUE - 8;

  private final Path path;
  private final long index;
  private final Block block;
  private final long from;
  private final long byteSize;
  private final Lifetime lifetime;

  /// @param block closed with the chunk; `[from, to)`, in the file's offsets, lies within it
  Chunk(Path path, long index, Block block, long from, long to) {
    this(path, index, block, from, to - from, block);
  }

  private Chunk(Path path, long index, Block block, long from, long byteSize, Runnable end) {
    this.path = path;
    this.index = index;
    this.block = block;
    this.from = from;
    this.byteSize = byteSize;
    this.lifetime = new Lifetime(end);
  }

  /// The same bytes for a new owner, in place of this object, which is not used any more.
  ///
  /// @param end run when its memory has been given back
  Chunk handedOn(Runnable end) {
    return new Chunk(
        path,
        index,
        block,
        from,
        byteSize,
        () -> {
          block.close();
          end.run();
        });
  }

  /// The file, or what a stream without one was called.
  public Path path() {
    return path;
  }

  /// Its place in the source: rising from 0, the same in every pass. A number is missing where a
  /// record was longer than a chunk.
  public long index() {
    return index;
  }

  /// Where its first record begins in the file, in bytes.
  public long byteOffset() {
    return from;
  }

  /// Its size, in bytes; at least 1.
  public long byteSize() {
    return byteSize;
  }

  /// Computes something from the bytes, without a copy.
  ///
  /// @param function gets all of the chunk, read-only, dead once this call has returned
  /// @throws io.filewright.error.Truncated if the chunk is a window of a mapping, and the file has
  ///   become shorter: what was computed does not count
  public <T> T apply(SegmentFunction<T> function) throws FileException {
    if (!lifetime.tryAcquire()) {
      throw new AlreadyClosed("Chunk " + index + " of [" + path + "]");
    }
    try {
      return block.apply(from - block.byteOffset(), byteSize, function);
    } finally {
      lifetime.release();
    }
  }

  /// A copy of the bytes on the heap.
  ///
  /// @throws TooLarge if an array cannot hold them
  public byte[] toByteArray() throws FileException {
    if (byteSize > MAX_ARRAY_BYTES) {
      throw new TooLarge(
          FailureDetails.of(
                  path, "toByteArray", "an array cannot hold the chunk", "Use smaller chunks")
              .withRange(from, byteSize));
    }
    return apply(memory -> memory.toArray(ValueLayout.JAVA_BYTE));
  }

  /// Copies the bytes.
  ///
  /// @param target at least as large as the chunk
  public void copyTo(MemorySegment target) throws FileException {
    apply(memory -> target.copyFrom(memory));
  }

  /// Whether it has been closed.
  public boolean isClosed() {
    return lifetime.isClosed();
  }

  @Override
  public void close() {
    lifetime.close();
  }

  @Override
  public String toString() {
    return "Chunk[%s, %d, [%d, %d)]".formatted(path, index, from, from + byteSize);
  }
}
