package io.filewright.netty;

import io.filewright.MmapRegion;
import io.filewright.error.FileException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

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

  /// Size of a chunk, in bytes: a disk's queue is better filled by few large reads, and a socket
  /// takes about as much at a time.
  static final int CHUNK_BYTES = 128 << 10;

  /// How many chunks are on their way or wait to be taken.
  static final int CHUNKS_AHEAD = 4;

  private final MmapRegion slice;
  private final Runnable onReady;
  private final Deque<CompletableFuture<ByteBuf>> ahead = new ArrayDeque<>(CHUNKS_AHEAD);
  private long begun;
  private long taken;
  private boolean closed;

  /// @param region stays the caller's, and may be closed before this is
  /// @param from where the range begins in the region, in bytes
  /// @param to where it ends
  /// @param onReady called on any thread when a chunk is there that was asked for in vain
  @SuppressWarnings("MustBeClosed") // by close
  public PrefetchedInput(MmapRegion region, long from, long to, Runnable onReady) {
    this.slice = region.slice(from, to);
    this.onReady = onReady;
  }

  /// The next chunk, if it is there.
  ///
  /// @return to be released by the caller; `null` at the end, or while it is on its way
  /// @throws FileException what kept it from being read
  @Override
  public ByteBuf readChunk(ByteBufAllocator allocator) throws Exception {
    if (isEndOfInput()) {
      return none();
    }
    fill(allocator);
    CompletableFuture<ByteBuf> next = ahead.getFirst();
    if (!next.isDone()) {
      var _ = next.whenComplete((_, _) -> onReady.run());
      return none();
    }
    ByteBuf chunk = taken(next);
    taken += chunk.readableBytes();
    try {
      fill(allocator);
    } catch (RuntimeException | Error e) {
      chunk.release();
      throw e;
    }
    return chunk;
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
      ahead.forEach(
          read -> {
            var _ = read.thenAccept(ByteBuf::release);
          });
      ahead.clear();
      slice.close();
    }
  }

  private void fill(ByteBufAllocator allocator) {
    while (ahead.size() < CHUNKS_AHEAD && begun < slice.byteSize()) {
      int size = (int) Math.min(CHUNK_BYTES, slice.byteSize() - begun);
      ahead.addLast(PendingRead.start(slice, begun, size, allocator));
      begun += size;
    }
  }

  private ByteBuf taken(CompletableFuture<ByteBuf> next) throws FileException {
    ahead.removeFirst();
    try {
      return next.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof FileException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /// Netty's contract is older than its annotations.
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static ByteBuf none() {
    return null;
  }
}
