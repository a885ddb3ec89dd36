package io.filewright.command;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/// Where the `filewright` command begins.
public final class Main {

  private Main() {}

  /// Runs a command line and ends the process with its exit code.
  public static void main(String[] args) {
    System.exit(run(Streams.system(), args));
  }

  /// Runs a command line, without ending the process.
  ///
  /// @return the exit code
  static int run(Streams streams, String... args) {
    try {
      return commandLine(streams).execute(args);
    } catch (OutOfMemoryError e) {
      streams.error("out of memory: " + e.getMessage() + ". Name fewer files at once.");
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private static CommandLine commandLine(Streams streams) {
    var root = new FilewrightCommand();
    var rawPaths = new PathArgument(RawArguments::ofProcess);
    var failures = new FailureHandler(streams, root);
    return new CommandLine(root)
        .addSubcommand(new OpenCommand(streams))
        .addSubcommand(new ResidencyCommand(streams))
        .addSubcommand(new LoadCommand(streams))
        .addSubcommand(new EvictCommand(streams))
        .addSubcommand(new ScanCommand(streams))
        .addSubcommand(new CheckCommand(streams))
        .addSubcommand(new FollowCommand(streams))
        .addSubcommand(new CopyCommand(streams))
        .addSubcommand(new ServeCommand(streams))
        .addSubcommand(new InfoCommand(streams))
        .registerConverter(Path.class, rawPaths)
        .registerConverter(CheckedArgument.class, value -> CheckedArgument.of(value, rawPaths))
        .setOut(streams.outWriter())
        .setErr(streams.errWriter())
        .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures);
  }
}
