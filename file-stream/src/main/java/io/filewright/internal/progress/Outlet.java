package io.filewright.internal.progress;

import java.lang.System.Logger.Level;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One subscriber of a [LatestPublisher]: a place for one item, which a newer one takes over. Calls
/// of the subscriber follow one another, whichever threads make them.
final class Outlet<T> implements Flow.Subscription {

  private static final System.Logger LOG = System.getLogger(Outlet.class.getName());

  private final Flow.Subscriber<? super T> subscriber;
  private final AtomicReference<@Nullable T> newest = new AtomicReference<>();
  private final AtomicLong demand = new AtomicLong();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean ending;
  private volatile boolean cancelled;
  private volatile @Nullable IllegalArgumentException misuse;

  Outlet(Flow.Subscriber<? super T> subscriber) {
    this.subscriber = subscriber;
  }

  void offer(T item) {
    newest.set(item);
    drain();
  }

  void end(T item) {
    newest.set(item);
    ending = true;
    drain();
  }

  boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void request(long items) {
    if (items <= 0) {
      misuse = new IllegalArgumentException("request: " + items + ", at least 1 is needed");
    } else {
      var _ = demand.accumulateAndGet(items, Outlet::saturatedSum);
    }
    drain();
  }

  @Override
  public void cancel() {
    cancelled = true;
  }

  /// Whoever comes while somebody is at it leaves it to them.
  private void drain() {
    if (calls.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      try {
        deliver();
      } catch (Throwable e) { // the work goes on, whatever befell who looks at it
        cancelled = true;
        LOG.log(Level.WARNING, "A subscriber to progress failed; it gets no more reports.", e);
      }
      seen = calls.addAndGet(-seen);
    } while (seen != 0);
  }

  private void deliver() {
    IllegalArgumentException mistake = misuse;
    if (cancelled) {
      return;
    }
    if (mistake != null) {
      cancelled = true;
      subscriber.onError(mistake);
      return;
    }
    boolean nothingFollows = ending; // read first: what is there now is then the last item
    if (demand.get() > 0) {
      T item = newest.getAndSet(null);
      if (item != null) {
        var _ = demand.updateAndGet(n -> n == Long.MAX_VALUE ? n : n - 1);
        subscriber.onNext(item);
      }
    }
    if (nothingFollows && newest.get() == null && !cancelled) {
      cancelled = true;
      subscriber.onComplete();
    }
  }

  private static long saturatedSum(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }
}
