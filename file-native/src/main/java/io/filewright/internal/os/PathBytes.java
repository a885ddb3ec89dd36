package io.filewright.internal.os;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A path as the bytes that the kernel knows it by.
///
/// A name need not be text. `Path.toString` replaces what is not, `Path.toUri` keeps every byte.
final class PathBytes {

  private PathBytes() {}

  static byte[] of(Path path) {
    String text = path.toString();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean exact =
        text.indexOf('\uFFFD') < 0
            && text.equals(new String(bytes, StandardCharsets.UTF_8))
            && isUtf8(System.getProperty("sun.jnu.encoding", ""));
    return exact ? bytes : decoded(path.toAbsolutePath().toUri().getRawPath());
  }

  private static boolean isUtf8(String encoding) {
    return encoding.equalsIgnoreCase("UTF-8");
  }

  private static byte[] decoded(String rawPath) {
    var bytes = new ByteArrayOutputStream(rawPath.length());
    for (int i = 0; i < rawPath.length(); i++) {
      char c = rawPath.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(rawPath, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toByteArray();
  }
}
