package io.filewright.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/// Takes many files through a task at once, and writes about them on the calling thread.
final class FileRun {

  /// How many files are under way at the same time at the most: enough to keep any disk busy.
  static final int IN_FLIGHT = 256;

  private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(100);

  private final Mailbox mailbox;
  private final ReportPrinter printer;
  private final ProgressBar bar;
  private final int inFlight;
  private final SequencedSet<Job> running = new LinkedHashSet<>();

  /// @param inFlight how many files are under way at the same time, at least 1
  FileRun(int inFlight, Mailbox mailbox, ReportPrinter printer, ProgressBar bar) {
    this.mailbox = mailbox;
    this.printer = printer;
    this.bar = bar;
    this.inFlight = inFlight;
  }

  /// Returns when all are done.
  ///
  /// @return the exit code
  int run(List<Path> files, FileTask task) throws InterruptedException {
    int begun = 0;
    while (begun < files.size() || !running.isEmpty()) {
      while (begun < files.size() && running.size() < inFlight) {
        begin(begun, files.get(begun), task);
        begun++;
      }
      bar.draw(running, begun - running.size(), files.size());
      var letter = mailbox.poll(BETWEEN_DRAWINGS);
      if (letter.isPresent()) {
        bar.hide();
        letter.get().run();
      }
    }
    bar.hide();
    return printer.failures() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private void begin(int index, Path file, FileTask task) {
    var job = new Job(file);
    running.add(job);
    var _ =
        task.begin(job)
            .whenComplete(
                (report, defect) -> mailbox.execute(() -> end(index, job, report, defect)));
  }

  private void end(int index, Job job, @Nullable Report report, @Nullable Throwable defect) {
    running.remove(job);
    if (report == null) {
      throw new CompletionException(defect);
    }
    printer.print(index, report);
  }
}
