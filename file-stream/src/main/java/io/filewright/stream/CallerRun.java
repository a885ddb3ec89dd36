package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.stream.Batches.Claim;
import java.util.Optional;

/// Each batch is processed when its result is asked for, by the thread that asks.
final class CallerRun<B, R> implements StreamRun<R> {

  private final BatchWork<B, R> work;
  private long index;
  private boolean ended;
  private volatile boolean cancelled;

  CallerRun(BatchWork<B, R> work) {
    this.work = work;
  }

  @Override
  public Optional<R> next() throws FileException, InterruptedException {
    while (!ended) {
      if (cancelled) {
        throw BatchWork.cancelled();
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Optional<Claim<B>> claim = work.claim();
      ended = claim.isEmpty() && !cancelled;
      if (claim.isPresent()) {
        Optional<R> result = work.run(index++, claim.get());
        if (result.isPresent()) {
          return result;
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void cancel() {
    cancelled = true;
  }

  @Override
  public void close() {
    cancelled = true;
    work.close();
  }
}
