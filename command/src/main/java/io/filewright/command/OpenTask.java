package io.filewright.command;

import io.filewright.AsyncFileHandle;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.error.FileException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// Opens a file and finds out all that `filewright open` was asked.
final class OpenTask implements FileTask {

  private final OpenReports reports;
  private final Visits visits;
  private final OpenOptions<MmapRegion> options;
  private final ContentOptions content;
  private final Optional<Consumer<String>> changes;

  /// @param changes gets a line on each state before the last, on any thread; without one, nobody
  ///   follows the load, which is then a little quicker
  OpenTask(
      OpenReports reports,
      Visits visits,
      OpenOptions<MmapRegion> options,
      ContentOptions content,
      Optional<Consumer<String>> changes) {
    this.reports = reports;
    this.visits = visits;
    this.options = options;
    this.content = content;
    this.changes = changes;
  }

  @Override
  public CompletionStage<Report> begin(Job job) {
    var handle = visits.prepare(job, options);
    changes.ifPresent(lines -> follow(job, handle, lines));
    return visits
        .visit(job, handle, (region, load) -> look(job, region, load))
        .exceptionally(error -> reports.failed(job.path(), job.elapsed(), Visits.failure(error)));
  }

  private static void follow(Job job, AsyncFileHandle<MmapRegion> handle, Consumer<String> lines) {
    lines.accept(StateLine.of("Pending", new Millis(0), job.path(), ""));
    handle.progress().subscribe(new LoadingLine(job, lines));
  }

  private Report look(Job job, MmapRegion region, Millis load) throws FileException {
    var scan = content.scan();
    var findings = scan.isEmpty() ? ContentScan.Findings.NONE : scan.get().of(region, job::scanned);
    return reports.ready(region, load, Pages.of(region), findings);
  }
}
