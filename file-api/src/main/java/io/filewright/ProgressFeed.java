package io.filewright;

import io.filewright.FileState.Loading;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A load's progress as a publisher, which costs nothing until somebody subscribes.
///
/// @param <R> the region's type
final class ProgressFeed<R extends MmapRegion> implements Flow.Publisher<Loading<R>> {

  /// What a subscriber may lag behind before states are dropped.
  static final int BUFFERED = 16;

  private final Executor callbacks;
  private final AtomicReference<@Nullable SubmissionPublisher<Loading<R>>> publisher =
      new AtomicReference<>();
  private volatile @Nullable Runnable end;

  ProgressFeed(Executor callbacks) {
    this.callbacks = callbacks;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Loading<R>> subscriber) {
    if (publisher.get() == null) {
      publisher.compareAndSet(null, new SubmissionPublisher<>(callbacks, BUFFERED));
    }
    withPublisher(feed -> feed.subscribe(subscriber));
    Runnable missed = end;
    if (missed != null) {
      missed.run();
    }
  }

  /// The load may have ended on another thread meanwhile; then nobody needs to know any more.
  void publish(Loading<R> state) {
    withPublisher(
        feed -> {
          try {
            feed.offer(state, null);
          } catch (IllegalStateException e) {
            if (!feed.isClosed()) {
              throw e;
            }
          }
        });
  }

  void complete() {
    end(() -> withPublisher(SubmissionPublisher::close));
  }

  void fail(Throwable error) {
    end(() -> withPublisher(feed -> feed.closeExceptionally(error)));
  }

  private void end(Runnable action) {
    end = action;
    action.run();
  }

  private void withPublisher(Consumer<SubmissionPublisher<Loading<R>>> action) {
    SubmissionPublisher<Loading<R>> feed = publisher.get();
    if (feed != null) {
      action.accept(feed);
    }
  }
}
