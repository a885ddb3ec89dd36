package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.stream.Batches.Claim;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
  public @Nullable R next() throws FileException, InterruptedException {
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
        R result = work.run(index++, claim.get());
        if (result != null) {
          return result;
        }
      }
    }
    return null;
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
