package io.filewright.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What all commands on files take.
final class FileOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "This engine and no other; see `filewright info` for those that are there.")
  private Optional<String> engine = Optional.empty();

  @Option(names = "--json", description = "One JSON object on one line for each file.")
  private boolean json;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files.")
  private List<Path> files = List.of();

  OutputFormat format() {
    return json ? OutputFormat.JSON : OutputFormat.TEXT;
  }

  /// Makes a task out of an engine at work.
  @FunctionalInterface
  interface TaskFactory {
    FileTask create(Session session, Visits visits, Mailbox mailbox);
  }

  /// Takes all files through a task.
  ///
  /// @return the exit code
  int run(Streams streams, TaskFactory factory) throws InterruptedException {
    try (var session = Session.start(engine, command);
        var inspectors = new Inspectors()) {
      var mailbox = new Mailbox();
      var task = factory.create(session, new Visits(session, inspectors), mailbox);
      var printer = new ReportPrinter(streams, format());
      int inFlight = Math.clamp(session.runtime().maxRegions() / 2, 1, FileRun.IN_FLIGHT);
      return new FileRun(inFlight, mailbox, printer, new ProgressBar(streams)).run(files, task);
    }
  }
}
