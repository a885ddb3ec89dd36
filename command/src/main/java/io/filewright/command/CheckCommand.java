package io.filewright.command;

import io.filewright.cli.Argument;
import io.filewright.cli.CheckedPath;
import io.filewright.cli.FileMetadata;
import io.filewright.cli.PathValidator;
import io.filewright.cli.Place;
import io.filewright.cli.Problem;
import io.filewright.cli.ValidationReport;
import io.filewright.error.FailureDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `filewright check`.
@Command(
    name = "check",
    description = {
      "Checks paths as a program does before it uses them, and says all that is wrong.",
      "It reads no content, and waits for no FIFO."
    })
final class CheckCommand implements Callable<Integer> {

  private final Streams streams;

  @Spec private CommandSpec command = CommandSpec.create();

  @Mixin private CheckOptions options = new CheckOptions();

  @Option(names = "--json", description = "One JSON object on one line for all paths.")
  private boolean json;

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "The paths.")
  private List<CheckedArgument> paths = List.of();

  CheckCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    ValidationReport report = validator().validate(arguments());
    if (json) {
      streams.line(json(report).toString());
    } else {
      report.paths().forEach(this::print);
      printSum(report);
    }
    return report.isOk() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private PathValidator validator() {
    try {
      return options.validator();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(new CommandLine(command), "Wrong rules: " + e.getMessage(), e);
    }
  }

  private List<Argument> arguments() {
    var arguments = new ArrayList<Argument>(paths.size());
    for (CheckedArgument path : paths) {
      var place = new Place.Position(arguments.size() + 1);
      arguments.add(new Argument(place, path.value(), path.path()));
    }
    return arguments;
  }

  private void print(CheckedPath path) {
    String name = FailureDetails.printable(shown(path));
    if (path.isOk()) {
      streams.line("ok       " + name + path.metadata().map(CheckCommand::words).orElse(""));
      return;
    }
    streams.line("refused  " + (name.isEmpty() ? "\"\"" : name));
    for (Problem problem : path.problems()) {
      streams.line("         " + problem.rule().id() + ": " + problem.message());
    }
  }

  /// What was typed; of a pattern, what it stands for here.
  private static String shown(CheckedPath path) {
    return path.argument().path().map(Object::toString).orElseGet(() -> path.argument().value());
  }

  private static String words(FileMetadata file) {
    return switch (file.kind()) {
      case REGULAR_FILE -> ", " + new HumanSize(file.byteSize());
      case DIRECTORY -> ", a directory";
      case SYMLINK -> ", a symbolic link";
      case SPECIAL -> ", a special file";
    };
  }

  private void printSum(ValidationReport report) {
    int all = report.paths().size();
    int refused = report.errors().size();
    if (all > 1) {
      streams.line("%d of %d paths passed".formatted(all - refused, all));
    }
  }

  private static JsonObject json(ValidationReport report) {
    return new JsonObject()
        .put("ok", report.isOk())
        .put("files", report.paths().stream().map(CheckCommand::json).toList());
  }

  private static JsonObject json(CheckedPath path) {
    var object = new JsonObject().put("value", path.argument().value());
    path.path()
        .ifPresentOrElse(
            p -> object.put(p.toAbsolutePath()), () -> object.put("path", (Object) null));
    return object
        .put("ok", path.isOk())
        .put("problems", path.problems().stream().map(CheckCommand::json).toList());
  }

  private static JsonObject json(Problem problem) {
    return new JsonObject().put("rule", problem.rule().id()).put("message", problem.message());
  }
}
