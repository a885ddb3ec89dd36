package io.filewright.server;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Optional;

/// What came of a look at the disk. Whoever gets one with the use of a file releases that.
sealed interface Answer {

  /// A file to be sent.
  record Found(FileUse use, String contentType) implements Answer {}

  /// Words of the server's own.
  sealed interface Said extends Answer {}

  /// A directory as a page.
  ///
  /// @param html empty if only its head was asked for
  record Page(Optional<String> html) implements Said {}

  /// It is to be asked for by another name.
  record Elsewhere(String uri) implements Said {}

  /// Nothing can be sent.
  record Refused(HttpResponseStatus status) implements Said {}
}
