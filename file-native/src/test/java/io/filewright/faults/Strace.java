package io.filewright.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The command that makes system calls of a child fail, and the record of it.
///
/// @param record where strace writes down what it did
/// @param calls names of system calls, separated by commas
/// @param fault what happens, in strace's own terms, such as `error=EIO:when=1`
/// @param paths the only files whose calls fail; if there are none, the process' all do
record Strace(Path record, String calls, String fault, List<Path> paths) {

  List<String> command() {
    var command = new ArrayList<>(List.of("strace", "-f", "--seccomp-bpf", "-qq"));
    command.addAll(List.of("-o", record.toString()));
    for (Path path : paths) {
      command.addAll(List.of("-P", path.toString()));
    }
    command.addAll(List.of("-e", "trace=" + calls, "-e", "inject=" + calls + ":" + fault));
    return command;
  }

  /// How many calls it made fail.
  long injected() throws IOException {
    try (Stream<String> lines = Files.lines(record)) {
      return lines.filter(line -> line.contains("(INJECTED)")).count();
    }
  }
}
