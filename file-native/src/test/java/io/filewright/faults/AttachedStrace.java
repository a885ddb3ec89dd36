package io.filewright.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// strace on a process that runs already, so that it counts the calls from now on.
final class AttachedStrace implements AutoCloseable {

  private final Process process;
  private final Path record;

  private AttachedStrace(Process process, Path record) {
    this.process = process;
    this.record = record;
  }

  /// Attaches to a process, or skips the cell.
  ///
  /// @param call the name of the call that fails
  /// @param fault in strace's terms
  /// @param paths the only files whose calls fail; if there are none, the process' all do
  static AttachedStrace attach(
      String cell, long pid, String call, String fault, Path record, Path... paths)
      throws IOException {
    Needs.tool(cell, "strace");
    Files.deleteIfExists(record);
    var command = new ArrayList<>(List.of("strace", "-f", "-p", Long.toString(pid)));
    command.addAll(List.of("-o", record.toString(), "-e", "trace=" + call, "-e", "signal=none"));
    command.addAll(List.of("-e", "inject=" + call + ":" + fault));
    for (Path path : paths) {
      command.addAll(List.of("-P", path.toString()));
    }
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String said = lines.readLine();
    if (said == null || !said.contains("attached")) {
      process.destroyForcibly();
      Needs.success(cell, new Shell.Result(List.of("strace", "-p"), 1, String.valueOf(said)));
    }
    return new AttachedStrace(process, record);
  }

  /// Lets the process go on by itself.
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  /// How many calls it made fail, once it is closed.
  long injected() throws IOException {
    try (Stream<String> lines = Files.lines(record)) {
      return lines.filter(line -> line.contains("(INJECTED)")).count();
    }
  }
}
