package io.filewright.server;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which file a request asks for: names beneath the root, each checked.
///
/// A name that begins with a dot is never served: it is hidden, or leads upwards.
///
/// @param names from the root downwards
/// @param isDirectory whether it ends in a slash, so that a directory is meant
record RequestTarget(List<String> names, boolean isDirectory) {

  RequestTarget {
    names = List.copyOf(names);
  }

  /// Whether it is a path, or an absolute URI of HTTP with one or with nothing behind its host.
  static boolean isWellFormed(String target) {
    return target.startsWith("/") || authorityEnd(target) >= 0;
  }

  /// Takes a request's target apart.
  ///
  /// @param target the path with perhaps a query, which means nothing here; or an absolute URI
  /// @return empty if it is no path that could be served
  static Optional<RequestTarget> parse(String target) {
    if (!isWellFormed(target)) {
      return Optional.empty();
    }
    String path = path(target);
    var names = new ArrayList<String>();
    int start = 1;
    while (start < path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      Optional<String> name = decode(path.substring(start, end));
      if (name.isEmpty() || !isServed(name.get())) {
        return Optional.empty();
      }
      names.add(name.get());
      start = end + 1;
    }
    return Optional.of(new RequestTarget(names, path.endsWith("/")));
  }

  /// A file in this directory.
  RequestTarget child(String name) {
    var all = new ArrayList<>(names);
    all.add(name);
    return new RequestTarget(all, false);
  }

  /// As a path relative to the root.
  String relative() {
    return String.join("/", names);
  }

  /// As a URI's path, escaped, with a slash at its end if it is a directory's.
  String uri() {
    var uri = new StringBuilder("/");
    for (int i = 0; i < names.size(); i++) {
      uri.append(i > 0 ? "/" : "").append(encode(names.get(i)));
    }
    return isDirectory && !names.isEmpty() ? uri.append('/').toString() : uri.toString();
  }

  /// Escapes a name, so that it means itself in a URI.
  static String encode(String name) {
    var uri = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean isPlain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~".indexOf(c) >= 0;
      if (isPlain) {
        uri.append(c);
      } else {
        uri.append('%').append(hex(c >> 4)).append(hex(c & 15));
      }
    }
    return uri.toString();
  }

  /// Whether files of this name are shown and sent.
  static boolean isServed(String name) {
    return !name.isEmpty()
        && !name.startsWith(".")
        && name.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == '/' || c == '\\');
  }

  private static String path(String target) {
    String path = target.substring(target.startsWith("/") ? 0 : authorityEnd(target));
    int end = path.length();
    for (char c : new char[] {'?', '#'}) {
      int at = path.indexOf(c);
      end = at < 0 ? end : Math.min(end, at);
    }
    return path.isEmpty() ? "/" : path.substring(0, end);
  }

  /// @return where the path begins in an absolute URI; -1 if it is none that could be served here
  private static int authorityEnd(String target) {
    for (String scheme : new String[] {"http://", "https://"}) {
      if (target.regionMatches(true, 0, scheme, 0, scheme.length())) {
        int at = scheme.length();
        while (at < target.length() && "/?#".indexOf(target.charAt(at)) < 0) {
          at++;
        }
        boolean isPath = at == target.length() || target.charAt(at) == '/';
        return isPath && at > scheme.length() ? at : -1;
      }
    }
    return -1;
  }

  private static Optional<String> decode(String escaped) {
    if (escaped.indexOf('%') < 0 && escaped.chars().allMatch(c -> c < 0x80)) {
      return Optional.of(escaped);
    }
    var bytes = ByteBuffer.allocate(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '%') {
        int high = i + 2 < escaped.length() ? Character.digit(escaped.charAt(i + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(escaped.charAt(i + 2), 16);
        if (low < 0) {
          return Optional.empty();
        }
        bytes.put((byte) (high << 4 | low));
        i += 2;
      } else if (c < 0x100) {
        bytes.put((byte) c);
      } else {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  private static char hex(int digit) {
    return Character.toUpperCase(Character.forDigit(digit, 16));
  }
}
