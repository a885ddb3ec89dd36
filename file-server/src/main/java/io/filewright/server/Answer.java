package io.filewright.server;

import io.netty.handler.codec.http.HttpResponseStatus;

/// What came of a look at the disk. Whoever gets one with the use of a file releases that.
sealed interface Answer {

  /// A file to be sent.
  record Found(FileUse use, String contentType) implements Answer {}

  /// A directory as a page.
  record Page(String html) implements Answer {}

  /// It is to be asked for by another name.
  record Elsewhere(String uri) implements Answer {}

  /// Nothing can be sent.
  record Refused(HttpResponseStatus status) implements Answer {}
}
