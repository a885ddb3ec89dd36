package io.filewright.command;

import io.filewright.MmapAdvice;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.Unsupported;
import io.filewright.spi.AdviceResult;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `filewright evict`.
@Command(
    name = "evict",
    description = "Drops files from memory (the page cache), as far as nobody else uses them.",
    footer = {
      "",
      "Pages that have not been written to the disk yet stay: run sync first.",
    })
final class EvictCommand implements Callable<Integer> {

  private final Streams streams;

  @Mixin private FileOptions files = new FileOptions();

  EvictCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws InterruptedException {
    var untouched = OpenOptions.readOnly().withPrefault(Prefault.NONE);
    return files.run(
        streams,
        (session, visits, _) ->
            job ->
                visits
                    .visit(job, untouched, (region, _) -> evict(region))
                    .thenApply(pages -> pages.report(session.runtime(), job.path()))
                    .exceptionally(
                        error ->
                            BeforeAndAfter.failed(
                                session.runtime(), job.path(), Visits.failure(error))));
  }

  private static BeforeAndAfter evict(MmapRegion region) throws FileException {
    var before = Pages.of(region);
    long began = System.nanoTime();
    return switch (region.advise(MmapAdvice.EVICT)) {
      case AdviceResult.Applied _ ->
          new BeforeAndAfter(before, Pages.of(region), Millis.since(began));
      case AdviceResult.Unsupported(String reason) ->
          throw new Unsupported(
              FailureDetails.of(
                  region.path(), "evict", reason, "See `filewright info` for other engines"));
    };
  }
}
