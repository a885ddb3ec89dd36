package io.filewright.faults;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a JVM of its own did: how it ended, and what its [Journal] says.
///
/// @param exitCode [#KILLED] if it had to be ended
/// @param outcomes in order
/// @param facts by name
/// @param output all of its standard output
/// @param errors its standard error
record Child(
    int exitCode, List<Outcome> outcomes, Map<String, String> facts, String output, String errors) {

  static final int KILLED = -1;

  /// Small, so that starting it takes little.
  private static final List<String> JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-Xmx128m",
          "-XX:-CreateCoredumpOnCrash",
          "-Dio.filewright.leaks=full",
          "--enable-native-access=ALL-UNNAMED");

  /// How to start one.
  ///
  /// @param wrapper the command that starts it, such as strace with its options
  /// @param jvmOptions in addition to the usual ones
  record Launch(List<String> wrapper, List<String> jvmOptions, Class<?> program, int seconds) {

    static Launch of(Class<?> program) {
      return new Launch(List.of(), List.of("-XX:TieredStopAtLevel=1"), program, 20);
    }

    Launch wrappedBy(List<String> command) {
      return new Launch(command, jvmOptions, program, seconds);
    }

    Launch with(String... options) {
      return new Launch(wrapper, List.of(options), program, seconds);
    }

    Launch atMost(int newSeconds) {
      return new Launch(wrapper, jvmOptions, program, newSeconds);
    }

    /// Runs it to its end, or ends it with all of its children when the time is over.
    Child run(Path folder, Object... arguments) throws IOException, InterruptedException {
      Path output = folder.resolve("output.txt");
      Path errors = folder.resolve("errors.txt");
      var process =
          new ProcessBuilder(command(arguments))
              .directory(folder.toFile())
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
      boolean ended = false;
      try {
        ended = process.waitFor(seconds, TimeUnit.SECONDS);
      } finally {
        if (!ended) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly().waitFor();
        }
      }
      return Child.of(ended ? process.exitValue() : KILLED, output, errors);
    }

    List<String> command(Object... arguments) {
      var command = new ArrayList<>(wrapper);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(JVM);
      command.addAll(jvmOptions);
      command.addAll(List.of("-cp", classPath(), program.getName()));
      for (Object argument : arguments) {
        command.add(argument.toString());
      }
      return command;
    }

    private static String classPath() {
      String path = System.getProperty("java.class.path", "");
      return List.of(path.split(File.pathSeparator)).stream()
          .map(entry -> Path.of(entry).toAbsolutePath().toString())
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  List<Outcome> outcomes(Outcome.Kind kind) {
    return outcomes.stream().filter(outcome -> outcome.kind() == kind).toList();
  }

  /// The last attempt at each operation.
  Map<String, Outcome> last() {
    return outcomes.stream()
        .collect(Collectors.toMap(Outcome::operation, Function.identity(), (_, later) -> later));
  }

  Outcome last(String operation) {
    return Optional.ofNullable(last().get(operation))
        .orElseThrow(() -> new AssertionError("no " + operation + " in " + this));
  }

  long number(String fact) {
    return Long.parseLong(text(fact));
  }

  String text(String fact) {
    return Optional.ofNullable(facts.get(fact))
        .orElseThrow(() -> new AssertionError("no " + fact + " in " + this));
  }

  private static Child of(int exitCode, Path output, Path errors) throws IOException {
    List<String> lines = Files.readAllLines(output);
    return new Child(
        exitCode,
        lines.stream().flatMap(line -> Outcome.parse(line).stream()).toList(),
        lines.stream()
            .map(line -> line.split("\t", -1))
            .filter(parts -> parts.length == 3 && parts[0].equals("FACT"))
            .collect(Collectors.toMap(parts -> parts[1], parts -> parts[2], (_, later) -> later)),
        String.join("\n", lines),
        Files.readString(errors));
  }
}
