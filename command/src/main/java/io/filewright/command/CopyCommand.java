package io.filewright.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `filewright copy`.
@Command(
    name = "copy",
    description = {
      "Copies a file as a whole: what is at the target stays until all of the copy is on the disk.",
      "The kernel copies, and shares blocks where the file system can; what does not say how long"
          + " it is, such as a file of /proc, is streamed. Holes are filled. The copy is compared"
          + " with the source before it is put in place."
    })
final class CopyCommand implements Callable<Integer> {

  private final Streams streams;

  @Option(names = "--no-verify", description = "Do not compare the copy with the source.")
  private boolean unverified;

  @Option(
      names = "--stream",
      description = "Read and write the bytes here, even where the kernel could copy.")
  private boolean streamed;

  @Option(names = "--json", description = "One JSON object on one line.")
  private boolean json;

  @Parameters(index = "0", paramLabel = "SOURCE", description = "The file to be copied.")
  private Path source = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      description = "What it is copied to; in a directory, it keeps its name.")
  private Path target = Path.of("");

  CopyCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws InterruptedException {
    var mailbox = new Mailbox();
    var printer = new ReportPrinter(streams, json ? OutputFormat.JSON : OutputFormat.TEXT);
    var task = new CopyTask(file(), new CopyTask.Ways(!streamed, !unverified));
    return new FileRun(1, mailbox, printer, new ProgressBar(streams)).run(List.of(source), task);
  }

  private Path file() {
    Path name = source.getFileName();
    return name != null && Files.isDirectory(target) ? target.resolve(name) : target;
  }
}
