package io.filewright.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the command line of a contender's process; compiles those in C.
class Launcher {

  /// What a JVM of ours gets; peers get flags of their own beside.
  private static final List<String> JAVA_FLAGS = List.of("--enable-native-access=ALL-UNNAMED");

  private static final String HEADER = "contender.h";

  private final Path folder;
  private final List<String> pinning;
  private final Map<String, Path> compiled = new HashMap<>();

  /// @param folder where compiled programs go
  /// @param cores as `taskset -c` takes them
  Launcher(Path folder, String cores) {
    this.folder = folder;
    this.pinning =
        Shell.find("taskset")
            .map(taskset -> List.of(taskset.toString(), "-c", cores))
            .orElse(List.of());
  }

  /// What to say about pinning; empty if it works.
  Optional<String> noPinning() {
    return pinning.isEmpty()
        ? Optional.of("taskset is missing: processes are not pinned")
        : Optional.empty();
  }

  /// @throws MissingException if the program cannot be had here
  List<String> command(Entrant entrant, Map<String, String> arguments)
      throws MissingException, IOException, InterruptedException {
    var command = new ArrayList<>(pinning);
    switch (entrant.program()) {
      case Program.JavaProgram(Class<? extends Contender> type, List<String> flags) -> {
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JAVA_FLAGS);
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Child.class.getName(), type.getName()));
      }
      case Program.CProgram(String source) -> command.add(compile(source).toString());
    }
    var all = new HashMap<>(arguments);
    all.putAll(entrant.arguments());
    all.forEach((key, value) -> command.add(key + "=" + value));
    return command;
  }

  private Path compile(String source) throws MissingException, IOException, InterruptedException {
    Path program = compiled.get(source);
    if (program != null) {
      return program;
    }
    Path compiler =
        Shell.find("cc")
            .or(() -> Shell.find("gcc"))
            .orElseThrow(() -> new MissingException("neither cc nor gcc is on the path"));
    copyResource(HEADER);
    program = folder.resolve(source.replace(".c", ""));
    Shell.Ended ended =
        Shell.run(
            List.of(
                compiler.toString(),
                "-O3",
                "-march=native",
                "-o",
                program.toString(),
                copyResource(source).toString()));
    if (ended.exitCode() != 0) {
      throw new MissingException("cc does not compile " + source + ": " + ended.output());
    }
    compiled.put(source, program);
    return program;
  }

  private Path copyResource(String name) throws IOException {
    Path copy = folder.resolve(name);
    try (InputStream in = Launcher.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      Files.write(copy, in.readAllBytes());
    }
    return copy;
  }
}
