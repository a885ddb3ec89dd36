package io.filewright.stream;

import io.filewright.error.FileException;
import io.filewright.error.MemoryLimitExceeded;
import io.filewright.memory.Reservation;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CancellationException;
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
/// Its methods return at once: all that waits for the disk runs on the executor, one thing at a
/// time, and no thread waits for memory. A publisher that gives more than was asked for has failed.
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

  // Touched by one task at a time.
  private @Nullable CompletableFuture<Reservation> room;
  private @Nullable ChunkWriter writer;
  private boolean completed;
  private boolean ended;

  private sealed interface Signal {

    record Begin() implements Signal {}

    record Room(Reservation reservation) implements Signal {}

    record Item(ByteBuffer buffer) implements Signal {}

    record Complete() implements Signal {}

    record Fail(Throwable reason) implements Signal {}

    record Cancel() implements Signal {}
  }

  /// Takes the place of a subscription that has ended, of which nothing may be asked any more.
  private enum Over implements Flow.Subscription {
    OVER;

    @Override
    public void request(long items) {}

    @Override
    public void cancel() {}
  }

  SinkSubscriber(ChunkSink sink, Executor executor) {
    this.sink = sink;
    this.executor = executor;
    var _ = result.whenComplete((_, _) -> signal(new Signal.Cancel()));
  }

  /// How many bytes were committed, or what went wrong: what the publisher said, or a
  /// [FileException], or an `IllegalStateException` for a publisher that breaks the rules.
  ///
  /// Cancelling it, or completing it in any way, ends the subscription and rolls back, whatever has
  /// arrived by then; only a commit that has begun is not undone.
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
    Objects.requireNonNull(reason);
    endUpstream();
    signal(new Signal.Fail(reason));
  }

  @Override
  public void onComplete() {
    endUpstream();
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
    if (!ended && result.isDone()) {
      end(new CancellationException());
    }
    if (ended) {
      letGo(signal);
      return;
    }
    try {
      switch (signal) {
        case Signal.Begin() -> begin();
        case Signal.Room(var reservation) -> open(reservation);
        case Signal.Item(var buffer) -> write(buffer);
        case Signal.Complete() -> complete();
        case Signal.Fail(var reason) -> end(reason);
        case Signal.Cancel() -> throw new AssertionError("the result is done");
      }
    } catch (Throwable e) { // who waits for the result must hear of it, whatever it is
      end(e);
    }
  }

  /// What comes too late.
  private void letGo(Signal signal) {
    switch (signal) {
      case Signal.Begin() -> cancelUpstream(new CancellationException());
      case Signal.Room(var reservation) -> reservation.close();
      case Signal.Item _, Signal.Complete _, Signal.Fail _, Signal.Cancel _ -> {}
    }
  }

  private void begin() {
    room = sink.reserveAsync();
    var _ =
        room.whenComplete(
            (reservation, failure) ->
                signal(failure == null ? new Signal.Room(reservation) : noRoom(failure)));
  }

  private Signal.Fail noRoom(Throwable failure) {
    return new Signal.Fail(failure instanceof MemoryLimitExceeded e ? sink.explained(e) : failure);
  }

  @SuppressWarnings("MustBeClosed") // at the end
  private void open(Reservation reservation) throws FileException {
    writer = sink.open(reservation);
    if (completed) {
      commit(writer);
    } else {
      request(REQUESTED);
    }
  }

  private void write(ByteBuffer buffer) throws FileException {
    Objects.requireNonNull(writer).write(buffer); // nothing was requested before
    request(1);
  }

  private void complete() throws FileException {
    if (room == null) {
      throw new IllegalStateException("onComplete was called before onSubscribe");
    }
    completed = true;
    if (writer != null) {
      commit(writer);
    }
  }

  private void commit(ChunkWriter whole) throws FileException {
    whole.commit();
    ended = true;
    var _ = result.complete(whole.byteSize());
  }

  private void request(int count) {
    requested.addAndGet(count);
    Objects.requireNonNull(subscription.get()).request(count);
  }

  /// Gives everything back before anybody else's code can fail.
  private void end(Throwable reason) {
    ended = true;
    if (room != null) {
      room.cancel(false);
    }
    if (writer != null) {
      try {
        writer.close();
      } catch (FileException | RuntimeException | Error e) {
        suppress(e, reason);
      }
    }
    cancelUpstream(reason);
    var _ = result.completeExceptionally(reason);
  }

  private void cancelUpstream(Throwable reason) {
    var current = endUpstream();
    if (current != null) {
      try {
        current.cancel();
      } catch (RuntimeException | Error e) {
        suppress(e, reason);
      }
    }
  }

  /// Nothing is asked of the subscription from now on.
  private Flow.@Nullable Subscription endUpstream() {
    return subscription.getAndUpdate(current -> current == null ? null : Over.OVER);
  }

  @SuppressWarnings("ReferenceEquality") // what `addSuppressed` refuses
  private static void suppress(Throwable failure, Throwable reason) {
    if (failure != reason) {
      reason.addSuppressed(failure);
    }
  }
}
