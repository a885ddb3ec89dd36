package io.filewright.stream;

import io.filewright.error.FileException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Writes what a publisher gives: commits when that is complete, and rolls back when it fails, when
/// a write fails, or when [#result] is cancelled. Made by [ChunkSink#subscriber], for one
/// subscription.
///
/// It asks for [#REQUESTED] buffers, and for another one when one has been written, so no more than
/// those are held. Each belongs to this until it has been written; its position is then its limit.
/// Its methods return at once: all that waits runs on the executor, one thing at a time. A
/// publisher that gives more than was asked for has failed.
public final class SinkSubscriber implements Flow.Subscriber<ByteBuffer> {

  /// How many buffers are asked for ahead.
  public static final int REQUESTED = 4;

  private final ChunkSink sink;
  private final Executor executor;
  private final CompletableFuture<Long> result = new CompletableFuture<>();
  private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
  private final AtomicInteger requested = new AtomicInteger();
  private final Queue<Signal> signals = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private @Nullable ChunkWriter writer; // until the end; touched by one task at a time
  private boolean ended;

  private sealed interface Signal {

    record Begin() implements Signal {}

    record Item(ByteBuffer buffer) implements Signal {}

    record Complete() implements Signal {}

    record Fail(Throwable reason) implements Signal {}

    record Cancel() implements Signal {}
  }

  SinkSubscriber(ChunkSink sink, Executor executor) {
    this.sink = sink;
    this.executor = executor;
    var _ = result.whenComplete((_, _) -> signal(new Signal.Cancel()));
  }

  /// How many bytes were committed, or what went wrong: what the publisher said, or a
  /// [FileException], or an `IllegalStateException` for a publisher that breaks the rules.
  ///
  /// Cancelling it, or completing it in any way, ends the subscription and rolls back; a commit
  /// that has begun is not undone.
  public CompletableFuture<Long> result() {
    return result;
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    Objects.requireNonNull(newSubscription);
    if (subscription.compareAndSet(null, newSubscription)) {
      signal(new Signal.Begin());
    } else {
      newSubscription.cancel();
    }
  }

  @Override
  public void onNext(ByteBuffer item) {
    Objects.requireNonNull(item);
    int left = requested.getAndUpdate(count -> Math.max(-1, count - 1));
    if (left > 0) {
      signal(new Signal.Item(item));
    } else if (left == 0) { // and for later ones there is nothing left to say
      signal(new Signal.Fail(new IllegalStateException("onNext was called without a request")));
    }
  }

  @Override
  public void onError(Throwable reason) {
    signal(new Signal.Fail(Objects.requireNonNull(reason)));
  }

  @Override
  public void onComplete() {
    signal(new Signal.Complete());
  }

  private void signal(Signal signal) {
    signals.add(signal);
    if (waiting.getAndIncrement() != 0) {
      return;
    }
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException e) {
      end(e); // nobody else can be at it
      drain();
    }
  }

  private void drain() {
    int seen = waiting.get();
    do {
      for (Signal next = signals.poll(); next != null; next = signals.poll()) {
        take(next);
      }
      seen = waiting.addAndGet(-seen);
    } while (seen != 0);
  }

  private void take(Signal signal) {
    if (ended) {
      if (signal instanceof Signal.Begin) {
        cancelSubscription();
      }
      return;
    }
    try {
      switch (signal) {
        case Signal.Begin() -> begin();
        case Signal.Item(var buffer) -> write(buffer);
        case Signal.Complete() -> commit();
        case Signal.Fail(var reason) -> end(reason);
        case Signal.Cancel() -> end(new IllegalStateException("cancelled"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(e);
    } catch (Throwable e) { // who waits for the result must hear of it, whatever it is
      end(e);
    }
  }

  @SuppressWarnings("MustBeClosed") // at the end
  private void begin() throws FileException, InterruptedException {
    writer = sink.open();
    request(REQUESTED);
  }

  private void write(ByteBuffer buffer) throws FileException {
    writer().write(buffer);
    request(1);
  }

  private void commit() throws FileException {
    ChunkWriter whole = writer();
    whole.commit();
    ended = true;
    var _ = result.complete(whole.byteSize());
  }

  private ChunkWriter writer() {
    if (writer == null) {
      throw new IllegalStateException("onComplete was called before onSubscribe");
    }
    return writer;
  }

  private void request(int count) {
    requested.addAndGet(count);
    Objects.requireNonNull(subscription.get()).request(count);
  }

  private void end(Throwable reason) {
    ended = true;
    cancelSubscription();
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (FileException e) {
      reason.addSuppressed(e);
    }
    var _ = result.completeExceptionally(reason);
  }

  private void cancelSubscription() {
    var current = subscription.get();
    if (current != null) {
      current.cancel();
    }
  }
}
