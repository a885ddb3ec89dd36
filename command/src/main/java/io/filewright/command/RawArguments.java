package io.filewright.command;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/// The arguments as bytes. A file name need not be UTF-8, but the JVM has made strings of them and
/// put a replacement character wherever they are not; the system still knows what was typed.
final class RawArguments {

  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
  private static final char REPLACEMENT = '\uFFFD';

  private final Map<String, Queue<byte[]>> bytesByText = new HashMap<>();

  /// @param commandLine arguments, each with a zero byte at its end
  RawArguments(byte[] commandLine) {
    int from = 0;
    for (int at = 0; at < commandLine.length; at++) {
      if (commandLine[at] == 0) {
        byte[] bytes = Arrays.copyOfRange(commandLine, from, at);
        String text = new String(bytes, StandardCharsets.UTF_8);
        bytesByText.computeIfAbsent(text, _ -> new ArrayDeque<>()).add(bytes);
        from = at + 1;
      }
    }
  }

  /// Those of this process; none where the system does not tell.
  static RawArguments ofProcess() {
    try {
      return new RawArguments(Files.readAllBytes(COMMAND_LINE));
    } catch (IOException _) {
      return new RawArguments(new byte[0]);
    }
  }

  static boolean isDamaged(String argument) {
    return argument.indexOf(REPLACEMENT) >= 0;
  }

  /// The path that an argument meant; each is given out once, in the order of the command line.
  Optional<Path> path(String argument) {
    Queue<byte[]> candidates = bytesByText.get(argument);
    return candidates == null || candidates.isEmpty()
        ? Optional.empty()
        : Optional.of(path(candidates.remove()));
  }

  /// Only a URI carries bytes into a path, and only into an absolute one.
  private static Path path(byte[] bytes) {
    Path folder = Path.of("").toAbsolutePath();
    boolean absolute = bytes.length > 0 && bytes[0] == '/';
    var uri = new StringBuilder(absolute ? "file://" : folder.toUri().toString());
    for (byte b : bytes) {
      uri.append(b == '/' ? "/" : "%%%02X".formatted(b));
    }
    Path path = Path.of(URI.create(uri.toString()));
    return absolute ? path : folder.relativize(path);
  }
}
