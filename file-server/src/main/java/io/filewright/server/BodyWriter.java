package io.filewright.server;

import io.filewright.memory.MemoryBudget;
import io.filewright.memory.Reservation;
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
  private final Way way;
  private final ServedFile file;
  private final Iterator<Piece> pieces;
  private final ChannelPromise promise;
  private ChannelFuture last;

  private BodyWriter(
      ChannelHandlerContext context, Way way, ServedFile file, ByteBuf head, List<Piece> pieces) {
    this.context = context;
    this.way = way;
    this.file = file;
    this.pieces = List.copyOf(pieces).iterator();
    this.promise = context.newPromise();
    this.last = context.write(head);
  }

  /// How bytes of files reach the client.
  ///
  /// @param isEncrypted whether they have to pass through the process
  /// @param copies charged with those that do
  record Way(boolean isEncrypted, MemoryBudget copies) {}

  /// Sends them.
  ///
  /// @param file open until the future is done
  /// @param head goes ahead of them; released as they are
  static ChannelFuture write(
      ChannelHandlerContext context, Way way, ServedFile file, ByteBuf head, List<Piece> pieces) {
    var writer = new BodyWriter(context, way, file, head, pieces);
    writer.next();
    return writer.promise;
  }

  private void next() {
    while (pieces.hasNext()) {
      switch (pieces.next()) {
        case Piece.Bytes(ByteBuf bytes) -> last = context.write(bytes);
        case Piece.Range(long from, long to) -> {
          if (!sendContent(from, to)) {
            sendFile(from, to);
            return;
          }
        }
      }
    }
    context.flush();
    last.addListener(new PromiseNotifier<>(promise));
  }

  /// Sends what is held in memory, all at once: as it is, or, while there is plenty of room, as the
  /// copy that encryption makes of it.
  ///
  /// @return whether that was possible
  private boolean sendContent(long from, long to) {
    if (file.content().isEmpty()) {
      return false;
    }
    ByteBuf content = file.content().get();
    if (!way.isEncrypted) {
      last = context.write(content.retainedSlice((int) from, (int) (to - from)));
      return true;
    }
    Optional<Reservation> room =
        way.copies.availableBytes() >= way.copies.limitBytes() / 2
            ? way.copies.tryReserve(to - from)
            : Optional.empty();
    room.ifPresent(
        reserved -> {
          last = context.write(content.retainedSlice((int) from, (int) (to - from)));
          last.addListener(_ -> reserved.close());
        });
    return room.isPresent();
  }

  private void sendFile(long from, long to) {
    Optional<RegionChannel> channel = way.isEncrypted ? Optional.empty() : file.channel();
    var source = new RegionWriter.Source(file.region(), channel, way.copies);
    RegionWriter.write(context, source, from, to)
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
