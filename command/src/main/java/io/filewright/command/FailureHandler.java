package io.filewright.command;

import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Says in one line what ended a command, and chooses the exit code.
final class FailureHandler implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private final Streams streams;
  private final FilewrightCommand root;

  FailureHandler(Streams streams, FilewrightCommand root) {
    this.streams = streams;
    this.root = root;
  }

  @Override
  public int handleParseException(ParameterException error, String[] args) {
    String name = error.getCommandLine().getCommandSpec().qualifiedName();
    streams.error(
        FailureDetails.printable(String.valueOf(error.getMessage()))
            + ". Try '%s --help'.".formatted(name));
    showStack(error);
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(
      Exception error, CommandLine commandLine, ParseResult parseResult) {
    if (error instanceof OutputFailed output && output.isBrokenPipe()) {
      return ExitCode.OK;
    }
    streams.error(
        switch (error) {
          case FileException _, OutputFailed _ -> String.valueOf(error.getMessage());
          case IOException e -> FailureDetails.printable(String.valueOf(e.getMessage())) + ".";
          default ->
              "unexpected %s. This is a defect; --debug shows where it comes from."
                  .formatted(FailureDetails.printable(error.toString()));
        });
    showStack(error);
    return ExitCode.SOFTWARE;
  }

  private void showStack(Exception error) {
    if (root.isDebug()) {
      error.printStackTrace(streams.errWriter());
      streams.errWriter().flush();
    }
  }
}
