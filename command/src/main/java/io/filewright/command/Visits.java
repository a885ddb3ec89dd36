package io.filewright.command;

import io.filewright.AsyncFileHandle;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.error.FileException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Opens files, looks at them on an inspector's thread when they are ready, and closes them.
final class Visits {

  private final Session session;
  private final Inspectors inspectors;

  Visits(Session session, Inspectors inspectors) {
    this.session = session;
    this.inspectors = inspectors;
  }

  /// What is to be done with a region.
  @FunctionalInterface
  interface Visit<T> {
    /// Looks at an open region.
    ///
    /// @param load the time from open to ready
    T at(MmapRegion region, Millis load) throws FileException;
  }

  /// A handle that has not been started, which the job's progress comes from.
  AsyncFileHandle<MmapRegion> prepare(Job job, OpenOptions<MmapRegion> options) {
    var handle = session.runtime().openLazy(job.path(), options);
    job.loads(handle);
    return handle;
  }

  /// Opens and visits a file.
  <T> CompletableFuture<T> visit(Job job, OpenOptions<MmapRegion> options, Visit<T> visit) {
    return visit(job, prepare(job, options), visit);
  }

  /// Starts a handle, visits its region and closes it.
  ///
  /// @return fails with the [FileException], perhaps wrapped
  <T> CompletableFuture<T> visit(Job job, AsyncFileHandle<MmapRegion> handle, Visit<T> visit) {
    job.begins();
    return handle
        .toCompletableFuture()
        .thenApply(region -> new Arrival(region, job.elapsed()))
        .thenApplyAsync(arrival -> arrival.visit(visit), inspectors)
        .whenComplete((_, _) -> handle.close());
  }

  /// The failure of a file in what a future failed with.
  ///
  /// @throws CompletionException if it is a defect instead
  static FileException failure(Throwable error) {
    return switch (error) {
      case FileException failure -> failure;
      case CompletionException wrapper when wrapper.getCause() instanceof FileException failure ->
          failure;
      default -> throw new CompletionException(error);
    };
  }

  /// A region, and when it was ready: noted before anything waits for an inspector.
  private record Arrival(MmapRegion region, Millis load) {

    <T> T visit(Visit<T> visit) {
      try {
        return visit.at(region, load);
      } catch (FileException e) {
        throw new CompletionException(e);
      }
    }
  }
}
