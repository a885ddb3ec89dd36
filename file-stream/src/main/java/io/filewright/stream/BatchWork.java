package io.filewright.stream;

import io.filewright.error.Cancelled;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.stream.Batches.Claim;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A pass, and what is done with each of its batches. Used by any number of threads.
final class BatchWork<B, R> implements AutoCloseable {

  private final Batches<B> pass;
  private final SeparateCall<B, R> function;
  private final ProgressMeter meter;

  /// @param pass closed with this, as is the meter
  BatchWork(Batches<B> pass, BatchFunction<B, R> function, ProgressMeter meter) {
    this.pass = pass;
    this.function = new SeparateCall<>(function);
    this.meter = meter;
  }

  Optional<Claim<B>> claim() throws FileException {
    return pass.claim();
  }

  /// What came of a batch; null if there was nothing in it.
  ///
  /// @param index of the batch, for messages
  @Nullable R run(long index, Claim<B> claim) throws FileException {
    Optional<B> made = claim.make();
    if (made.isEmpty()) {
      return null;
    }
    B batch = made.get();
    try {
      return apply(index, batch);
    } finally {
      pass.release(batch);
    }
  }

  private R apply(long index, B batch) throws FileException {
    BatchPlace place = pass.place(batch);
    try {
      R result = Objects.requireNonNull(function.call(batch), "the function's result");
      meter.add(place.byteSize(), place.records());
      return result;
    } catch (FileException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProcessingFailed(place.failure(index, e), e);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new ProcessingFailed(place.failure(index, e), e);
    }
  }

  static Cancelled cancelled() {
    return new Cancelled(
        FailureDetails.of(
            Path.of(""),
            "process",
            "the run was cancelled or closed",
            "Begin another one if its results are still wanted"));
  }

  @Override
  public void close() {
    pass.close();
    meter.close();
  }
}
