package io.filewright.command;

import io.filewright.FileRuntime;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `filewright load`.
@Command(name = "load", description = "Brings all of some files into memory (the page cache).")
final class LoadCommand implements Callable<Integer> {

  private final Streams streams;

  @Mixin private FileOptions files = new FileOptions();

  LoadCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws InterruptedException {
    return files.run(streams, (session, visits, _) -> job -> load(session.runtime(), visits, job));
  }

  private static CompletionStage<Report> load(FileRuntime runtime, Visits visits, Job job) {
    var untouched = OpenOptions.readOnly().withPrefault(Prefault.NONE);
    return visits
        .visit(job, untouched, (region, _) -> Pages.of(region))
        .thenCompose(
            before ->
                visits.visit(
                    job,
                    untouched.withPrefault(Prefault.ALL),
                    (region, time) -> new BeforeAndAfter(before, Pages.of(region), time)))
        .thenApply(pages -> pages.report(runtime, job.path()))
        .exceptionally(error -> BeforeAndAfter.failed(runtime, job.path(), Visits.failure(error)));
  }
}
