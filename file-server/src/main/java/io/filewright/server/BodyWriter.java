package io.filewright.server;

import io.filewright.netty.RegionChannel;
import io.filewright.netty.RegionWriter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.PromiseNotifier;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Sends a response's pieces one after the other: bytes of its own, and ranges of a file. On the
/// channel's event loop.
final class BodyWriter {

  /// A part of a response.
  sealed interface Piece {

    /// Bytes as they are; released when they have been sent, or cannot be.
    record Bytes(ByteBuf bytes) implements Piece {}

    /// The bytes `[from, to)` of the file.
    record Range(long from, long to) implements Piece {}
  }

  private final ChannelHandlerContext context;
  private final ServedFile file;
  private final Optional<RegionChannel> channel;
  private final Iterator<Piece> pieces;
  private final ChannelPromise promise;
  private ChannelFuture last;

  private BodyWriter(
      ChannelHandlerContext context,
      ServedFile file,
      Optional<RegionChannel> channel,
      ByteBuf head,
      List<Piece> pieces) {
    this.context = context;
    this.file = file;
    this.channel = channel;
    this.pieces = List.copyOf(pieces).iterator();
    this.promise = context.newPromise();
    this.last = context.write(head);
  }

  /// Sends them.
  ///
  /// @param file open until the future is done
  /// @param head goes ahead of them; released as they are
  /// @param channel empty if the bytes have to pass through the process
  static ChannelFuture write(
      ChannelHandlerContext context,
      ServedFile file,
      Optional<RegionChannel> channel,
      ByteBuf head,
      List<Piece> pieces) {
    var writer = new BodyWriter(context, file, channel, head, pieces);
    writer.next();
    return writer.promise;
  }

  private void next() {
    while (pieces.hasNext()) {
      switch (pieces.next()) {
        case Piece.Bytes(ByteBuf bytes) -> last = context.write(bytes);
        case Piece.Range(long from, long to) -> {
          if (file.content().isEmpty()) {
            sendFile(from, to);
            return;
          }
          ByteBuf content = file.content().get();
          last = context.write(content.retainedSlice((int) from, (int) (to - from)));
        }
      }
    }
    context.flush();
    last.addListener(new PromiseNotifier<>(promise));
  }

  private void sendFile(long from, long to) {
    RegionWriter.write(context, file.region(), channel, from, to)
        .addListener(
            sent -> {
              if (sent.isSuccess()) {
                next();
              } else {
                discard();
                promise.setFailure(sent.cause());
              }
            });
  }

  private void discard() {
    while (pieces.hasNext()) {
      if (pieces.next() instanceof Piece.Bytes(ByteBuf bytes)) {
        bytes.release();
      }
    }
  }
}
