package io.filewright.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpResponseStatus;

/// A status line and headers, written down as they are sent. Values are the server's own: numbers,
/// dates, types, and paths that are escaped.
final class ResponseHead {

  private final StringBuilder text = new StringBuilder(320);

  private ResponseHead() {}

  /// Begins with the status and what every response says.
  static ResponseHead of(HttpResponseStatus status) {
    var head = new ResponseHead();
    head.text
        .append("HTTP/1.1 ")
        .append(status.code())
        .append(' ')
        .append(status.reasonPhrase())
        .append("\r\nServer: filewright\r\nDate: ")
        .append(HttpDate.now())
        .append("\r\n");
    return head;
  }

  ResponseHead with(String name, String value) {
    text.append(name).append(": ").append(value).append("\r\n");
    return this;
  }

  ResponseHead with(String name, long value) {
    text.append(name).append(": ").append(value).append("\r\n");
    return this;
  }

  /// The head's bytes, to be released by the caller.
  ByteBuf encode(ByteBufAllocator allocator) {
    text.append("\r\n");
    ByteBuf bytes = allocator.directBuffer(text.length());
    ByteBufUtil.writeAscii(bytes, text);
    return bytes;
  }
}
