package io.filewright.command;

import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `filewright residency`: looks without bringing anything in.
@Command(name = "residency", description = "Shows which pages of files are in memory.")
final class ResidencyCommand implements Callable<Integer> {

  /// How many parts a file is cut into for programs, whatever its size.
  private static final int SHARES = 64;

  private final Streams streams;

  @Mixin private FileOptions files = new FileOptions();

  ResidencyCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws InterruptedException {
    var options = OpenOptions.readOnly().withPrefault(Prefault.NONE);
    return files.run(
        streams,
        (session, visits, _) ->
            job ->
                visits
                    .visit(job, options, (region, _) -> report(session, region))
                    .exceptionally(error -> failed(session, job, Visits.failure(error))));
  }

  private Report report(Session session, MmapRegion region) throws FileException {
    var pages = Pages.of(region);
    var residency = pages.residency();
    var json =
        new JsonObject()
            .put(region.path())
            .put("size", region.byteSize())
            .put("state", "Ready")
            .put("engine", session.runtime().engineName())
            .put("backing", region.backing().name())
            .put("pageSize", residency.pageSize())
            .put("pages", residency.pageCount())
            .put("residentPages", residency.residentPages())
            .put("residentBytes", residency.residentBytes())
            .put("shares", Arrays.stream(residency.shares(SHARES)).mapToObj(this::share).toList());
    return Report.success(
        json,
        FailureDetails.printable(region.path()),
        "[" + residency.picture(streams.terminal().columns() - 2) + "]",
        "%d of %d pages of %s resident: %s"
            .formatted(
                residency.residentPages(),
                residency.pageCount(),
                new HumanSize(residency.pageSize()),
                pages));
  }

  private BigDecimal share(double share) {
    return BigDecimal.valueOf(Math.round(share * 1000), 3);
  }

  private static Report failed(Session session, Job job, FileException error) {
    return Report.failure(
        new JsonObject()
            .put(job.path())
            .put("size", null)
            .put("state", "Failed")
            .put("engine", session.runtime().engineName()),
        error);
  }
}
