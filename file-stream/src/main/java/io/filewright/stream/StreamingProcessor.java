package io.filewright.stream;

import io.filewright.error.FileException;
import java.util.OptionalLong;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/// Takes sources of any size through a function, batch by batch, in bounded memory.
///
/// A [ChunkSource] is such a source; [BatchedSources] makes one of what is in memory or arrives
/// from elsewhere. Order and result do not depend on how many workers there are.
///
/// It is immutable and has no threads: each run has its own, which end with it. All memory for the
/// batches that are in work at the same time, one for each worker, is reserved when a run begins,
/// so that runs which share a budget wait for their turn rather than for one another; only records
/// longer than a chunk take more ([ChunkSource#withMaxRecordSize]). `null` is never accepted.
public final class StreamingProcessor {

  private final StreamConfig config;

  private StreamingProcessor(StreamConfig config) {
    this.config = config;
  }

  /// With one worker, which is the caller's thread.
  public static StreamingProcessor create() {
    return of(StreamConfig.defaults());
  }

  /// As configured.
  public static StreamingProcessor of(StreamConfig config) {
    return new StreamingProcessor(config);
  }

  /// The same with so many workers.
  public StreamingProcessor withWorkers(int workers) {
    return of(config.withWorkers(workers));
  }

  /// How it works.
  public StreamConfig config() {
    return config;
  }

  /// Applies a function to each batch. Waits until the budget has room for the run.
  ///
  /// @return the results in order, to be closed by the caller
  /// @throws io.filewright.error.MemoryLimitExceeded if the budget will never have room
  public <B, R> Results<R> process(BatchSource<B> source, BatchFunction<B, R> function)
      throws FileException, InterruptedException {
    StreamPlan<B> plan = StreamPlan.of(source, config);
    Batches<B> pass = plan.source().open(plan.workers());
    var work = new BatchWork<B, R>(pass, function, meter(plan.size().bytes()));
    return new Results<>(
        plan.workers() == 1
            ? new CallerRun<>(work)
            : new WorkersRun<>(work, plan.workers()).start());
  }

  /// Folds each batch into a partial result of its own, and combines those in the order of the
  /// batches: so the result is the same for any number of workers, and also for any size of batches
  /// if the combination is associative and the seed changes nothing.
  ///
  /// @param seed called for each batch, and once for the whole, which it is if there are no
  ///   batches; called by any worker
  /// @param combine called by this thread
  public <B, A> A aggregate(
      BatchSource<B> source, Supplier<A> seed, BatchFold<A, B> fold, BinaryOperator<A> combine)
      throws FileException, InterruptedException {
    try (Results<A> partials = process(source, batch -> fold.apply(seed.get(), batch))) {
      A total = seed.get();
      for (A partial = partials.nextOrNull(); partial != null; partial = partials.nextOrNull()) {
        total = combine.apply(total, partial);
      }
      return total;
    }
  }

  /// Count, sum, mean, least and greatest of numbers. They must not change meanwhile.
  public DoubleTotals totals(double[] values) throws FileException, InterruptedException {
    return aggregate(
        BatchedSources.of(values), DoubleTotals::new, DoubleTotals::plus, DoubleTotals::plus);
  }

  /// The same of long numbers.
  public LongTotals totals(long[] values) throws FileException, InterruptedException {
    return aggregate(
        BatchedSources.of(values), LongTotals::new, LongTotals::plus, LongTotals::plus);
  }

  /// The same of int numbers.
  public LongTotals totals(int[] values) throws FileException, InterruptedException {
    return aggregate(
        BatchedSources.of(values), LongTotals::new, LongTotals::plus, LongTotals::plus);
  }

  private ProgressMeter meter(OptionalLong bytes) {
    ProgressMeter meter =
        bytes.isPresent()
            ? ProgressMeter.ofTotal(bytes.getAsLong())
            : ProgressMeter.ofUnknownTotal();
    config.progress().ifPresent(meter::addListener);
    return meter;
  }
}
