package io.filewright.command;

import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.spi.Residency;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
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
            .put("pages", residency.pageCount());
    pages.addTo(json).put("shares", residency.isKnown() ? shares(residency) : null);
    if (!residency.isKnown()) {
      return Report.success(
          json,
          FailureDetails.printable(region.path()),
          "%d pages of %s: which are resident is told only to the file's owner, and to who may write it"
              .formatted(residency.pageCount(), new HumanSize(residency.pageSize())));
    }
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

  private static List<BigDecimal> shares(Residency residency) {
    return Arrays.stream(residency.shares(SHARES))
        .mapToObj(share -> BigDecimal.valueOf(Math.round(share * 1000), 3))
        .toList();
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
