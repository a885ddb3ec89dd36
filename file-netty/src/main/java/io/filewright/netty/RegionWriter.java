package io.filewright.netty;

import io.filewright.MmapRegion;
import io.filewright.error.FileException;
import io.filewright.error.OutOfBounds;
import io.filewright.memory.MemoryBudget;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Writes a range of a region to a channel, window by window: what the kernel says is in memory is
/// sent by it, what is not is read ahead by the engine's threads, so that the event loop does not
/// wait for the disk. No more than one window, or [#CHUNKS_UNSENT] chunks, is handed to the channel
/// before it has been sent. Chunks can be charged to a budget that many writers share, see
/// [Source].
///
/// Of a file that the process neither owns nor may write, Linux does not tell what is in memory
/// (see [io.filewright.spi.Residency#isKnown]): all of it is read ahead and copied, hot or not,
/// which is what a server pays that runs as a user of its own over files of another. Of other files
/// a page may leave memory between the question and the sending.
///
/// All of it happens on the channel's event loop, so does [#write].
public final class RegionWriter {

  /// How much of a file is sent at a time, in bytes: large enough that asking for its residency,
  /// about 10 us, does not count.
  static final long WINDOW_BYTES = 4 << 20;

  /// How many chunks are handed to the channel before the first of them has been sent.
  static final int CHUNKS_UNSENT = 2;

  private final ChannelHandlerContext context;
  private final MmapRegion region;
  private final Optional<RegionChannel> file;
  private final MemoryBudget copies;
  private final ChannelPromise promise;
  private final ChannelFutureListener onClose = _ -> fail(new ClosedChannelException());
  private final long to;
  private long at;
  private int unsent;
  private boolean going;
  private @Nullable PrefetchedInput input;

  private RegionWriter(ChannelHandlerContext context, Source source, long from, long to) {
    this.context = context;
    this.region = source.region;
    this.file = source.file;
    this.copies = source.copies;
    this.promise = context.newPromise();
    this.at = from;
    this.to = to;
  }

  /// What is written, and how.
  ///
  /// @param region open until the writing is done
  /// @param file the same file for the kernel to send, with a reference until the writing is done;
  ///   empty if the bytes have to pass through the process, as they have to be encrypted
  /// @param copies charged with what passes through the process, from before it is read until it
  ///   has been sent; at least 16 KiB. While less than half of it is free, a writer holds no more
  ///   than one chunk of 16 KiB, and waits for that without keeping the event loop
  public record Source(MmapRegion region, Optional<RegionChannel> file, MemoryBudget copies) {

    public Source {
      if (copies.limitBytes() < ChunkRoom.SMALL_BYTES) {
        throw new IllegalArgumentException("copies: " + copies.limitBytes());
      }
    }

    /// One whose copies nobody counts: up to six chunks of 128 KiB for each writer.
    public static Source of(MmapRegion region, Optional<RegionChannel> file) {
      return new Source(region, file, PrefetchedInput.UNBOUNDED);
    }
  }

  /// Writes and flushes the bytes `[from, to)`, without a bound on what all writers copy together.
  ///
  /// @param region see [Source]
  /// @param file see [Source]
  /// @return see [#write(ChannelHandlerContext, Source, long, long)]
  public static ChannelFuture write(
      ChannelHandlerContext context,
      MmapRegion region,
      Optional<RegionChannel> file,
      long from,
      long to) {
    return write(context, Source.of(region, file), from, to);
  }

  /// Writes and flushes the bytes `[from, to)`.
  ///
  /// @param context handlers in front of it see [FileTransfer]s and buffers
  /// @return fails with a [FileException] if the file does, for example because it has become
  ///   shorter, and with the channel if that closes meanwhile. Part of the range may have been sent
  ///   by then
  public static ChannelFuture write(
      ChannelHandlerContext context, Source source, long from, long to) {
    OutOfBounds.checkRange(from, to, source.region.byteSize());
    var writer = new RegionWriter(context, source, from, to);
    writer.go();
    return writer.promise;
  }

  /// Does what can be done now. A write that ends while it is handed over leaves the rest to the
  /// call that is under way.
  private void go() {
    if (going) {
      return;
    }
    going = true;
    try {
      boolean further = true;
      while (further && !promise.isDone()) {
        further = advance();
      }
    } catch (Exception e) {
      fail(e);
    } finally {
      going = false;
    }
  }

  /// @return whether there may be more to do at once
  private boolean advance() throws Exception {
    if (input != null) {
      return sendChunk(input);
    }
    if (unsent > 0) {
      return false;
    }
    if (at == to) {
      promise.trySuccess();
      return false;
    }
    nextWindow();
    return true;
  }

  private void nextWindow() throws FileException {
    long end = Math.min(to, at + WINDOW_BYTES);
    if (file.isPresent() && isSentByKernel(end)) {
      sendFile(file.get(), end);
    } else {
      input = new PrefetchedInput(region, at, end, this::resume, copies);
      context.channel().closeFuture().addListener(onClose); // nothing is being sent that would tell
    }
  }

  /// Called on any thread. If the executor has ended, so has whatever else used this.
  private void resume() {
    try {
      context.executor().execute(this::go);
    } catch (RejectedExecutionException e) {
      fail(e);
    }
  }

  private boolean isSentByKernel(long end) throws FileException {
    return FileTransfer.isPossible(context.channel(), region.fileOffset() + end)
        && region.isResident(at, end);
  }

  private void sendFile(RegionChannel source, long end) {
    long from = at;
    at = end;
    send(source.transfer(from, end), () -> {}, cause -> source.failure(cause, from, end));
  }

  private boolean sendChunk(PrefetchedInput chunks) throws Exception {
    if (chunks.isEndOfInput()) {
      endInput();
      return true;
    }
    if (unsent == CHUNKS_UNSENT) {
      return false;
    }
    PrefetchedInput.Chunk chunk = chunks.nextChunk(context.alloc());
    if (chunk == null) {
      return false; // its arrival, or that of room for it, makes this go on
    }
    ByteBuf bytes = null;
    try {
      bytes = chunk.bytes();
    } finally {
      if (bytes == null) {
        chunk.charge().close();
      }
    }
    at += bytes.readableBytes();
    send(bytes, chunk.charge()::close, cause -> cause);
    return true;
  }

  /// @param end whatever becomes of it
  private void send(Object message, Runnable end, UnaryOperator<Throwable> explanation) {
    unsent++;
    context
        .writeAndFlush(message)
        .addListener(
            sent -> {
              unsent--;
              end.run();
              if (sent.isSuccess()) {
                go();
              } else {
                fail(explanation.apply(sent.cause()));
              }
            });
  }

  private void fail(Throwable cause) {
    endInput();
    promise.tryFailure(cause);
  }

  private void endInput() {
    if (input != null) {
      input.close();
      input = null;
      context.channel().closeFuture().removeListener(onClose);
    }
  }
}
