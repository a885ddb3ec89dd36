package io.filewright.stream;

import io.filewright.error.FileException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One subscriber's pass. All that touches the pass or the subscriber is done by [#drain], of which
/// only one runs at a time: whoever finds one at work leaves the rest to it.
final class ChunkSubscription implements Flow.Subscription {

  private final ChunkSource source;
  private final Executor executor;
  private final AtomicLong demand = new AtomicLong();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger signals = new AtomicInteger();
  private volatile boolean cancelled;
  private volatile @Nullable IllegalArgumentException misuse;

  // Only touched by drain.
  private Flow.@Nullable Subscriber<? super Chunk> subscriber;
  private boolean subscribed;
  private boolean ended;
  private @Nullable ChunkReader reader;
  private @Nullable Chunk next;

  ChunkSubscription(
      ChunkSource source, Executor executor, Flow.Subscriber<? super Chunk> subscriber) {
    this.source = source;
    this.executor = executor;
    this.subscriber = subscriber;
  }

  /// Has the subscriber called for the first time.
  void start() {
    signal();
  }

  @Override
  public void request(long chunks) {
    if (chunks <= 0) {
      misuse =
          new IllegalArgumentException(
              "request(" + chunks + "): at least 1 chunk has to be requested (rule 3.9)");
    } else {
      var _ = demand.accumulateAndGet(chunks, ChunkSubscription::saturatedSum);
    }
    signal();
  }

  @Override
  public void cancel() {
    cancelled = true;
    signal();
  }

  private static long saturatedSum(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }

  private void chunkClosed() {
    open.decrementAndGet();
    signal();
  }

  private void signal() {
    if (signals.getAndIncrement() == 0) {
      try {
        executor.execute(this::drain);
      } catch (RejectedExecutionException e) {
        // Nobody is there who could be told, and nobody drains: so this thread may give back.
        cancelled = true;
        end();
        throw e;
      }
    }
  }

  private void drain() {
    int seen = signals.get();
    do {
      try {
        deliver();
      } catch (RuntimeException | Error e) { // a subscriber that throws has cancelled: rule 2.13
        cancelled = true;
        end();
        throw e;
      }
      seen = signals.addAndGet(-seen);
    } while (seen != 0);
  }

  private void deliver() {
    if (!subscribed) {
      subscribed = true;
      subscriber().onSubscribe(this);
    }
    boolean goesOn = true;
    while (goesOn && !ended) {
      goesOn = step();
    }
  }

  /// @return whether there may be more to do now
  private boolean step() {
    IllegalArgumentException mistake = misuse;
    if (cancelled) {
      end();
      return false;
    }
    if (mistake != null) {
      fail(mistake);
      return false;
    }
    Chunk ready = next;
    if (ready != null) {
      return handOver(ready);
    }
    if (reader == null && demand.get() == 0) {
      return false; // no memory for who may never ask
    }
    pull();
    return true;
  }

  private boolean handOver(Chunk chunk) {
    if (demand.get() == 0 || open.get() == ChunkPublisher.IN_FLIGHT) {
      return false;
    }
    var _ = demand.updateAndGet(n -> n == Long.MAX_VALUE ? n : n - 1);
    open.incrementAndGet();
    next = null;
    subscriber().onNext(chunk.handedOn(this::chunkClosed));
    return true;
  }

  /// One chunk ahead of the demand, so that the end is told with the last one.
  private void pull() {
    Optional<Chunk> pulled;
    try {
      pulled = reader().next();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(BatchWork.cancelled());
      return;
    } catch (FileException | RuntimeException e) {
      fail(e);
      return;
    }
    if (pulled.isPresent()) {
      next = pulled.get();
    } else {
      Flow.Subscriber<? super Chunk> last = subscriber();
      end();
      last.onComplete();
    }
  }

  @SuppressWarnings("MustBeClosed") // by end
  private ChunkReader reader() throws FileException, InterruptedException {
    ChunkReader current = reader;
    if (current == null) {
      current = source.open(ChunkPublisher.IN_FLIGHT + 1);
      reader = current;
    }
    return current;
  }

  private void fail(Exception failure) {
    Flow.Subscriber<? super Chunk> last = subscriber();
    end();
    last.onError(failure);
  }

  private Flow.Subscriber<? super Chunk> subscriber() {
    return Objects.requireNonNull(subscriber);
  }

  private void end() {
    ended = true;
    subscriber = null; // rule 3.13
    Chunk ready = next;
    if (ready != null) {
      ready.close();
      next = null;
    }
    if (reader != null) {
      reader.close();
    }
  }
}
