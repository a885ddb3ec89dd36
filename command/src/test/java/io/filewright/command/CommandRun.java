package io.filewright.command;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// A run of the command in this JVM, with what it wrote.
record CommandRun(int exitCode, String out, String err) {

  static CommandRun of(Object... args) {
    return of(Terminal.none(), args);
  }

  static CommandRun of(Terminal terminal, Object... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    String[] words = List.of(args).stream().map(Object::toString).toArray(String[]::new);
    int exitCode = Main.run(new Streams(out, err, terminal), words);
    return new CommandRun(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  List<String> lines() {
    return out.lines().toList();
  }

  /// The objects on standard output, one on each line.
  List<Map<String, Object>> json() {
    return out.lines().map(StrictJson::object).toList();
  }
}
