package io.filewright.server;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Optional;

/// A response that is no file: a page, or a line that says what is the matter.
///
/// @param head without what is said of the body and the connection
/// @param text empty if nobody made it, so that its length is not known
record TextResponse(ResponseHead head, String contentType, Optional<String> text) {

  static TextResponse of(Answer.Said answer) {
    return switch (answer) {
      case Answer.Page(Optional<String> html) ->
          new TextResponse(
              ResponseHead.of(HttpResponseStatus.OK)
                  .with("Cache-Control", "no-cache")
                  .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
              "text/html; charset=utf-8",
              html);
      case Answer.Elsewhere(String uri) ->
          plain(
              ResponseHead.of(HttpResponseStatus.MOVED_PERMANENTLY).with("Location", uri),
              "See " + uri);
      case Answer.Refused(HttpResponseStatus status) -> plain(refusal(status), status.toString());
    };
  }

  private static ResponseHead refusal(HttpResponseStatus status) {
    ResponseHead head = ResponseHead.of(status);
    return status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)
        ? head.with("Allow", "GET, HEAD")
        : head;
  }

  private static TextResponse plain(ResponseHead head, String line) {
    return new TextResponse(head, "text/plain; charset=utf-8", Optional.of(line + "\n"));
  }
}
