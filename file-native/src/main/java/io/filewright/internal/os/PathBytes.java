package io.filewright.internal.os;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/// A path as the bytes that the kernel knows it by.
///
/// A name need not be text. `Path.toString` replaces what is not, `Path.toUri` keeps every byte.
final class PathBytes {

  private static final Path ROOT = Path.of("/");

  private PathBytes() {}

  static byte[] of(Path path) {
    String text = path.toString();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean exact =
        text.indexOf('\uFFFD') < 0
            && text.equals(new String(bytes, StandardCharsets.UTF_8))
            && isUtf8(System.getProperty("sun.jnu.encoding", ""));
    return exact ? bytes : encoded(path);
  }

  /// A relative path is looked at as one below the root directory, which is then taken away again:
  /// it may not be meant below the working directory. The slash that `toUri` puts behind what is a
  /// directory there would have a link followed.
  private static byte[] encoded(Path path) {
    byte[] bytes = decoded(ROOT.resolve(path).toUri().getRawPath());
    int from = path.isAbsolute() ? 0 : 1;
    boolean slash = bytes.length > 1 && bytes[bytes.length - 1] == '/';
    return Arrays.copyOfRange(bytes, from, slash ? bytes.length - 1 : bytes.length);
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
