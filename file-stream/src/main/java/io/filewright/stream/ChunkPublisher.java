package io.filewright.stream;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/// Pushes a source's chunks to subscribers, as they request them.
///
/// Each subscriber gets a pass of its own, and all of its signals on the executor, one after the
/// other. Who requests or cancels never waits. A chunk belongs to the subscriber, which closes it;
/// there is memory for [#IN_FLIGHT] that are open, and when all of them are, the next one waits
/// until one is closed, however many were requested.
///
/// Cancelling gives everything back but the chunks that the subscriber has. After a failure, or
/// when all chunks have been delivered, there is one signal more and none after it. A failure of
/// the source is signalled as the exception that a [ChunkReader] throws.
public final class ChunkPublisher implements Flow.Publisher<Chunk> {

  /// How many chunks of a subscriber may be open at the same time.
  public static final int IN_FLIGHT = 4;

  private final ChunkSource source;
  private final Executor executor;

  ChunkPublisher(ChunkSource source, Executor executor) {
    this.source = source;
    this.executor = Objects.requireNonNull(executor);
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Chunk> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    new ChunkSubscription(source, executor, subscriber).start();
  }
}
