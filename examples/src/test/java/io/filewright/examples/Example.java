package io.filewright.examples;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Runs an example in a JVM of its own, started as `examples/README.md` says but for what makes a
/// short run shorter.
final class Example {

  private static final long TIMEOUT_SECONDS = 60;

  private Example() {}

  /// What a program did.
  record Outcome(int exitCode, String output, String errors) {}

  /// A program that printed this and nothing else.
  static Outcome printed(String output) {
    return new Outcome(0, output, "");
  }

  /// Runs the compiled class.
  static Outcome run(String name, Path... arguments) throws IOException, InterruptedException {
    return run(System.getProperty("java.class.path"), name, arguments);
  }

  /// Has `java` compile the source file as it starts, with nothing but the library beside it.
  static Outcome runSource(String name, Path... arguments)
      throws IOException, InterruptedException {
    Path ownClasses = Path.of("target").toAbsolutePath();
    String library =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).toAbsolutePath().startsWith(ownClasses))
            .collect(Collectors.joining(File.pathSeparator));
    return run(library, Path.of("src", "main", "java", name + ".java").toString(), arguments);
  }

  private static Outcome run(String classPath, String program, Path... arguments)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("filewright-example", ".out");
    Path errors = Files.createTempFile("filewright-example", ".err");
    try {
      Process process =
          new ProcessBuilder(command(classPath, program, arguments))
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(program + " has not ended after " + TIMEOUT_SECONDS + " s");
      }
      return new Outcome(process.exitValue(), Files.readString(output), Files.readString(errors));
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }

  private static List<String> command(String classPath, String program, Path... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Dstdout.encoding=" + StandardCharsets.UTF_8);
    command.add("-cp");
    command.add(classPath);
    command.add(program);
    Stream.of(arguments).map(Path::toString).forEach(command::add);
    return command;
  }
}
