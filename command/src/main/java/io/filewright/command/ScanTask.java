package io.filewright.command;

import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.NotFound;
import io.filewright.memory.MemoryBudget;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.Records;
import io.filewright.stream.StreamEngine;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/// Reads a file from end to end, and finds out all that `filewright scan` was asked.
final class ScanTask implements FileTask {

  private static final Path STANDARD_INPUT = Path.of("-");

  private final ContentOptions content;
  private final Means means;

  /// @param workers threads that read
  /// @param budget what their buffers are charged to
  record Means(StreamEngine engine, int workers, MemoryBudget budget) {}

  ScanTask(ContentOptions content, Means means) {
    this.content = content;
    this.means = means;
  }

  @Override
  public CompletionStage<Report> begin(Job job) {
    return TaskThread.start("filewright-scan", () -> scan(job));
  }

  private Report scan(Job job) throws InterruptedException {
    job.begins();
    means.budget().resetPeak();
    var scan = new Scan(content, means.workers());
    try {
      scan.run(source(job.path()), job::scans);
      return Report.success(json(job, scan).put("error", null), line(job, scan));
    } catch (FileException e) {
      return Report.failure(
          json(job, scan),
          e,
          StateLine.of("Failed", job.elapsed(), job.path(), e.getClass().getSimpleName()));
    }
  }

  private ChunkSource source(Path path) throws FileException {
    ChunkSource source = path.equals(STANDARD_INPUT) ? standardInput() : ChunkSource.of(path);
    return source.withRecords(Records.none()).withEngine(means.engine()).withBudget(means.budget());
  }

  /// Where it was closed, its number is that of the first file which the JVM has opened.
  @SuppressWarnings("MustBeClosed") // it is nobody's to close
  private static ChunkSource standardInput() throws FileException {
    if (descriptor(0).startsWith(System.getProperty("java.home"))) {
      throw new NotFound(
          FailureDetails.of(
              STANDARD_INPUT, "open", "standard input is closed", "Give it a file or a pipe"));
    }
    return ChunkSource.of(new FileInputStream(FileDescriptor.in).getChannel(), "-");
  }

  private static Path descriptor(int number) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd").resolve(Integer.toString(number)));
    } catch (IOException _) { // closed, or not on Linux: reading it fails by itself
      return Path.of("");
    }
  }

  private JsonObject json(Job job, Scan scan) {
    var json = new JsonObject().put(job.path()).put("bytes", scan.bytes());
    scan.lines().ifPresent(lines -> json.put("lines", lines));
    scan.sha256().ifPresent(sha256 -> json.put("sha256", sha256));
    return json.put("millis", job.elapsed().decimal())
        .put("engine", scan.engine())
        .put("workers", scan.workers())
        .put("budgetBytes", means.budget().limitBytes())
        .put("peakBytes", means.budget().stats().peakBytes());
  }

  private String line(Job job, Scan scan) {
    Millis time = job.elapsed();
    var text = new StringBuilder(new HumanSize(scan.bytes()).toString());
    if (time.nanos() > 0) {
      text.append(", %.2f GB/s".formatted((double) scan.bytes() / time.nanos()));
    }
    text.append(", engine ").append(scan.engine());
    text.append(", peak ").append(new HumanSize(means.budget().stats().peakBytes()));
    scan.sha256().ifPresent(sha256 -> text.append(", sha256 ").append(sha256));
    scan.lines().ifPresent(lines -> text.append(", ").append(lines).append(" lines"));
    return StateLine.of("Scanned", time, job.path(), text.toString());
  }
}
