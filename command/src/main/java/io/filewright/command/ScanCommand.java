package io.filewright.command;

import io.filewright.memory.MemoryBudget;
import io.filewright.stream.StreamEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `filewright scan`.
@Command(name = "scan", description = "Reads files of any size from end to end in bounded memory.")
final class ScanCommand implements Callable<Integer> {

  /// The part of the container's memory that a scan may take.
  private static final double SHARE = 0.25;

  private final Streams streams;

  @Option(
      names = "--engine",
      paramLabel = "HOW",
      defaultValue = "auto",
      description =
          "How bytes get into memory: auto (the default), read, mapped, io_uring or direct.")
  private StreamEngine engine = StreamEngine.AUTO;

  @Option(
      names = "--workers",
      paramLabel = "N",
      converter = WorkersArgument.class,
      description = "How many threads read; one for each processor by default.")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = SizeArgument.class,
      description =
          "What buffers may take, such as 64M; a quarter of what the process may use by default.")
  private Optional<Long> memory = Optional.empty();

  @Mixin private ContentOptions content = new ContentOptions();

  @Option(names = "--json", description = "One JSON object on one line for each file.")
  private boolean json;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "The files, one after the other; - for standard input.")
  private List<Path> files = List.of();

  ScanCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws InterruptedException {
    var budget = memory.map(MemoryBudget::ofBytes).orElseGet(() -> MemoryBudget.ofContainer(SHARE));
    var mailbox = new Mailbox();
    var printer = new ReportPrinter(streams, json ? OutputFormat.JSON : OutputFormat.TEXT);
    var task = new ScanTask(content, new ScanTask.Means(engine, workers, budget));
    return new FileRun(1, mailbox, printer, new ProgressBar(streams)).run(files, task);
  }
}
