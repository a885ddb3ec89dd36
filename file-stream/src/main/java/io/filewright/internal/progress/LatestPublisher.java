package io.filewright.internal.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// A publisher of which only the newest item matters: whoever is slow misses what came between, but
/// never the last one. Items are handed over by the thread that publishes, or by the one that
/// requests.
///
/// @param <T> the items
public final class LatestPublisher<T> implements Flow.Publisher<T> {

  private final List<Outlet<T>> outlets = new ArrayList<>();
  private @Nullable T last;

  @Override
  public void subscribe(Flow.Subscriber<? super T> subscriber) {
    var outlet = new Outlet<T>(subscriber);
    subscriber.onSubscribe(outlet);
    T missed;
    synchronized (outlets) {
      missed = last;
      if (missed == null) {
        outlets.add(outlet);
      }
    }
    if (missed != null) {
      outlet.end(missed);
    }
  }

  /// Offers an item to all who are there.
  public void publish(T item) {
    snapshot().forEach(outlet -> outlet.offer(item));
  }

  /// Offers the last item to all who are there, and to all who will come.
  public void end(T item) {
    synchronized (outlets) {
      last = item;
    }
    snapshot().forEach(outlet -> outlet.end(item));
  }

  private List<Outlet<T>> snapshot() {
    synchronized (outlets) {
      var _ = outlets.removeIf(Outlet::isCancelled);
      return List.copyOf(outlets);
    }
  }
}
