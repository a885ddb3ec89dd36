package io.filewright.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// What all subcommands hang from.
@Command(
    name = "filewright",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    description = "Asynchronous, memory-mapped files at the shell's service.",
    footer = {
      "",
      "In a checkout, ./filewright bench SUITE [--quick] measures (see ./filewright bench --help).",
      "",
      "Exit codes: 0 all went well, 1 a file failed, 2 wrong usage, 130 after SIGINT, 143 after"
          + " SIGTERM."
    })
final class FilewrightCommand implements Runnable {

  /// Where the log of the library asks whether it may speak.
  static final String DEBUG_PROPERTY = "filewright.debug";

  @Spec private CommandSpec spec = CommandSpec.create();

  private boolean debug;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack of a failure, and what the library logs.")
  void debug(boolean value) {
    debug = value;
    if (value) {
      System.setProperty(DEBUG_PROPERTY, "true");
    }
  }

  boolean isDebug() {
    return debug;
  }

  @Override
  public void run() {
    throw new ParameterException(new CommandLine(spec), "A command is missing");
  }
}
