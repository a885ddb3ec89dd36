package io.filewright.command;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// What a path is to the system, for names that are not text.
final class PathBytes {

  private static final char REPLACEMENT = '\uFFFD';

  private PathBytes() {}

  /// The bytes of the absolute path if they are not UTF-8, so that its text has lost some.
  static Optional<byte[]> ifNotText(Path path) {
    if (path.toString().indexOf(REPLACEMENT) < 0) {
      return Optional.empty();
    }
    byte[] bytes = decoded(path.toAbsolutePath().toUri().getRawPath());
    byte[] text = new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    return Arrays.equals(bytes, text) ? Optional.empty() : Optional.of(bytes);
  }

  /// A URI keeps every byte.
  private static byte[] decoded(String rawPath) {
    var bytes = new ByteArrayOutputStream(rawPath.length());
    for (int i = 0; i < rawPath.length(); i++) {
      if (rawPath.charAt(i) == '%') {
        bytes.write(Integer.parseInt(rawPath, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(rawPath.charAt(i));
      }
    }
    return bytes.toByteArray();
  }
}
