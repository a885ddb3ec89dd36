package io.filewright.server;

import io.filewright.netty.RegionChannel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;

/// Writes answers to one client. On its event loop.
@SuppressWarnings("FutureReturnValueIgnored") // the last write of a response tells of all of them
final class ResponseWriter {

  private final ChannelHandlerContext context;
  private final boolean isEncrypted;

  /// @param isEncrypted whether bytes have to pass through the process
  ResponseWriter(ChannelHandlerContext context, boolean isEncrypted) {
    this.context = context;
    this.isEncrypted = isEncrypted;
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
      case Answer.Said said -> write(said, manner);
    };
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
    Optional<RegionChannel> channel = isEncrypted ? Optional.empty() : file.channel();
    return BodyWriter.write(context, file, channel, head, response.pieces());
  }
}
