package io.filewright.server;

import io.filewright.memory.MemoryBudget;
import io.filewright.memory.Reservation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Optional;

/// Writes answers to one client. On its event loop.
@SuppressWarnings("FutureReturnValueIgnored") // the last write of a response tells of all of them
final class ResponseWriter {

  private final ChannelHandlerContext context;
  private final BodyWriter.Way way;
  private final MemoryBudget pages;

  /// @param pages charged with pages that are made
  ResponseWriter(ChannelHandlerContext context, BodyWriter.Way way, MemoryBudget pages) {
    this.context = context;
    this.way = way;
    this.pages = pages;
  }

  /// How a request is to be answered, apart from what is said.
  ///
  /// @param headers the request's
  /// @param hasBody whether what the head announces is to be sent (GET, not HEAD)
  /// @param connection what becomes of it, as the header of this name says it
  record Manner(HttpHeaders headers, boolean hasBody, String connection) {}

  /// Writes and flushes an answer.
  ///
  /// @param answer a file that it has is released, whatever happens
  /// @return done when all has been sent
  ChannelFuture write(Answer answer, Manner manner) {
    return switch (answer) {
      case Answer.Found found -> write(found, manner);
      case Answer.Page(Optional<String> html) when html.isPresent() ->
          write(new Answer.Page(html), html.get(), manner);
      case Answer.Said said -> write(said, manner);
    };
  }

  /// A page may be long, and its reader slow.
  private ChannelFuture write(Answer.Page page, String html, Manner manner) {
    Optional<Reservation> room = pages.tryReserve(ByteBufUtil.utf8Bytes(html));
    if (room.isEmpty()) {
      return write(new Answer.Refused(HttpResponseStatus.SERVICE_UNAVAILABLE), manner);
    }
    ChannelFuture whole = null;
    try {
      whole = write((Answer.Said) page, manner);
      return whole.addListener(_ -> room.get().close());
    } finally {
      if (whole == null) {
        room.get().close();
      }
    }
  }

  private ChannelFuture write(Answer.Said said, Manner manner) {
    TextResponse response = TextResponse.of(said);
    ResponseHead head = response.head().with("Content-Type", response.contentType());
    ByteBuf body = ByteBufUtil.writeUtf8(context.alloc(), response.text().orElse(""));
    if (response.text().isPresent()) {
      head.with("Content-Length", body.readableBytes());
    }
    head.with("X-Content-Type-Options", "nosniff").with("Connection", manner.connection);
    context.write(head.encode(context.alloc()));
    if (!manner.hasBody) {
      body.clear();
    }
    return context.writeAndFlush(body);
  }

  private ChannelFuture write(Answer.Found found, Manner manner) {
    ChannelFuture whole = null;
    try {
      whole = begin(found, manner);
      whole.addListener(_ -> found.use().release());
      return whole;
    } finally {
      if (whole == null) {
        found.use().release();
      }
    }
  }

  private ChannelFuture begin(Answer.Found found, Manner manner) {
    ServedFile file = found.use().file();
    FileResponse response =
        FileResponse.of(file, found.contentType(), manner.headers, manner.hasBody, context.alloc());
    ByteBuf head = response.head().with("Connection", manner.connection).encode(context.alloc());
    return BodyWriter.write(context, way, file, head, response.pieces());
  }
}
