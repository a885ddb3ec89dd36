package io.filewright.netty;

import io.filewright.MmapRegion;
import io.filewright.error.FileException;
import io.filewright.memory.MemoryBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// A range of a region as chunks that are read ahead by the engine's threads, into buffers of the
/// channel's allocator. Whoever takes a chunk never touches a page of the file.
///
/// For a [io.netty.handler.stream.ChunkedWriteHandler], to which it says when to go on:
///
/// ```java
/// channel.writeAndFlush(new PrefetchedInput(region, 0, region.byteSize(), handler::resumeTransfer));
/// ```
///
/// Used by one thread at a time, as an event loop does; [#close] may be called while chunks are
/// under way. A file that shrinks is [io.filewright.error.Truncated], thrown by [#readChunk].
public final class PrefetchedInput implements ChunkedInput<ByteBuf> {

  /// How many chunks are on their way or wait to be taken.
  static final int CHUNKS_AHEAD = 4;

  /// Whoever takes chunks by [#readChunk] answers for their memory.
  static final MemoryBudget UNBOUNDED = MemoryBudget.ofBytes(Long.MAX_VALUE);

  private final MmapRegion slice;
  private final Runnable onReady;
  private final ChunkRoom room;
  private final Deque<Chunk> ahead = new ArrayDeque<>(CHUNKS_AHEAD);
  private long begun;
  private long taken;
  private boolean closed;

  /// @param region stays the caller's, and may be closed before this is
  /// @param from where the range begins in the region, in bytes
  /// @param to where it ends
  /// @param onReady called on any thread when a chunk is there that was asked for in vain
  public PrefetchedInput(MmapRegion region, long from, long to, Runnable onReady) {
    this(region, from, to, onReady, UNBOUNDED);
  }

  /// @param onReady called also when there is room for a chunk for which there was none
  /// @param budget what chunks are charged to until they are closed
  @SuppressWarnings("MustBeClosed") // by close
  PrefetchedInput(MmapRegion region, long from, long to, Runnable onReady, MemoryBudget budget) {
    this.slice = region.slice(from, to);
    this.onReady = onReady;
    this.room = new ChunkRoom(budget);
  }

  /// A chunk, read or on its way.
  ///
  /// @param charge closed when its bytes are no longer held
  record Chunk(CompletableFuture<ByteBuf> read, ChunkRoom.Charge charge) {

    /// What was read, to be released by the caller.
    ByteBuf bytes() throws FileException {
      try {
        return read.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof FileException failure) {
          throw failure;
        }
        throw e;
      }
    }

    /// Gives back what nobody takes, now or when it has been read.
    void discard() {
      var _ =
          read.whenComplete(
              (bytes, _) -> {
                if (bytes != null) {
                  bytes.release();
                }
                charge.close();
              });
    }
  }

  /// The next chunk, if it is there.
  ///
  /// @return to be released by the caller; `null` at the end, or while it is on its way
  /// @throws FileException what kept it from being read
  @Override
  public ByteBuf readChunk(ByteBufAllocator allocator) throws Exception {
    Chunk chunk = nextChunk(allocator);
    if (chunk == null) {
      return none();
    }
    try (var _ = chunk.charge()) {
      return chunk.bytes();
    }
  }

  /// The next chunk, if it is there: whoever gets it, takes its bytes and closes its charge.
  ///
  /// @return `null` at the end, and while it, or room for it, is awaited
  @Nullable Chunk nextChunk(ByteBufAllocator allocator) throws FileException {
    if (isEndOfInput()) {
      return null;
    }
    fill(allocator);
    Chunk next = ahead.peekFirst();
    if (next == null) {
      room.whenFree(onReady);
      return null;
    }
    if (!next.read().isDone()) {
      var _ = next.read().whenComplete((_, _) -> onReady.run());
      return null;
    }
    ahead.removeFirst();
    taken += next.charge().byteSize();
    try {
      fill(allocator);
    } catch (RuntimeException | Error e) {
      next.discard();
      throw e;
    }
    return next;
  }

  /// See [#readChunk(ByteBufAllocator)].
  @Override
  @Deprecated
  public ByteBuf readChunk(ChannelHandlerContext context) throws Exception {
    return readChunk(context.alloc());
  }

  @Override
  public boolean isEndOfInput() {
    return closed || taken == slice.byteSize();
  }

  @Override
  public long length() {
    return slice.byteSize();
  }

  @Override
  public long progress() {
    return taken;
  }

  /// Gives back what nobody has taken; what is still being read is given back when it has been.
  /// Idempotent.
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      ahead.forEach(Chunk::discard);
      ahead.clear();
      room.close();
      slice.close();
    }
  }

  private void fill(ByteBufAllocator allocator) {
    while (ahead.size() < CHUNKS_AHEAD && begun < slice.byteSize()) {
      Optional<ChunkRoom.Charge> charge = room.take(slice.byteSize() - begun);
      if (charge.isEmpty()) {
        return;
      }
      ahead.addLast(begin(charge.get(), allocator));
      begun += charge.get().byteSize();
    }
  }

  private Chunk begin(ChunkRoom.Charge charge, ByteBufAllocator allocator) {
    CompletableFuture<ByteBuf> read = null;
    try {
      read = PendingRead.start(slice, begun, charge.byteSize(), allocator);
      return new Chunk(read, charge);
    } finally {
      if (read == null) {
        charge.close();
      }
    }
  }

  /// Netty's contract is older than its annotations.
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static ByteBuf none() {
    return null;
  }
}
