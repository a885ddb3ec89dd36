package io.filewright.server;

import io.filewright.server.ServerOptions.Limits;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Optional;

/// What is wrong with a request, so that nothing can be made of what follows either.
final class Objection {

  private Objection() {}

  /// @param request its head
  static Optional<HttpResponseStatus> to(HttpRequest request, Limits limits) {
    if (request.decoderResult().isFailure()) {
      return Optional.of(malformed(request.decoderResult().cause()));
    }
    boolean isCurrent = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    if (!isCurrent && !request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      return Optional.of(HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED);
    }
    if (isCurrent && request.headers().getAll(HttpHeaderNames.HOST).size() != 1) {
      return Optional.of(HttpResponseStatus.BAD_REQUEST);
    }
    if (!isRead(request.method())) {
      return Optional.of(HttpResponseStatus.METHOD_NOT_ALLOWED);
    }
    if (!RequestTarget.isWellFormed(request.uri())) {
      return Optional.of(HttpResponseStatus.BAD_REQUEST);
    }
    return HttpUtil.getContentLength(request, 0L) > limits.bodyBytes()
        ? Optional.of(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE)
        : Optional.empty();
  }

  private static HttpResponseStatus malformed(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
      case TooLongHttpHeaderException _ -> HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
      default -> HttpResponseStatus.BAD_REQUEST;
    };
  }

  private static boolean isRead(HttpMethod method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }
}
