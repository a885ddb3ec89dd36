package io.filewright.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs the commands that prepare a fault.
final class Shell {

  private Shell() {}

  /// How a command ended, with everything that it printed.
  record Result(List<String> command, int exitCode, String output) {

    Result orFail() {
      if (exitCode != 0) {
        throw new AssertionError(this);
      }
      return this;
    }
  }

  static Result run(Object... command) throws IOException, InterruptedException {
    List<String> words = List.of(command).stream().map(Object::toString).toList();
    var process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(words, process.waitFor(), output.strip());
  }
}
