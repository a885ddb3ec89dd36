package io.filewright.stream;

import io.filewright.error.FileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Lists of elements that come one after the other.
final class ElementSource<T> implements BatchSource<List<T>> {

  private final ElementFeed<T> feed;
  private final AtomicBoolean opened;
  private final int batchElements;

  ElementSource(ElementFeed<T> feed) {
    this(feed, new AtomicBoolean(), 1);
  }

  private ElementSource(ElementFeed<T> feed, AtomicBoolean opened, int batchElements) {
    this.feed = feed;
    this.opened = opened;
    this.batchElements = batchElements;
  }

  @Override
  public BatchSource<List<T>> inBatchesOf(long byteSize) {
    int elements = Math.clamp(byteSize / SourceSize.ELEMENT_BYTES, 1, Integer.MAX_VALUE - 8);
    return new ElementSource<>(feed, opened, elements);
  }

  @Override
  public Batches<List<T>> open(int inFlight) {
    if (opened.getAndSet(true)) {
      throw new IllegalStateException("Its elements come only once.");
    }
    feed.begin();
    return new Lists();
  }

  private final class Lists implements Batches<List<T>> {

    private final AtomicBoolean closed = new AtomicBoolean();

    @Override
    public Optional<Claim<List<T>>> claim() throws FileException {
      List<T> list = new ArrayList<>();
      while (list.size() < batchElements && !closed.get()) {
        Optional<T> next = feed.next();
        if (next.isEmpty()) {
          break;
        }
        list.add(next.get());
      }
      return list.isEmpty() ? Optional.empty() : Optional.of(new Made<>(list));
    }

    @Override
    public BatchPlace place(List<T> batch) {
      return BatchPlace.ofElements(batch.size(), 0);
    }

    @Override
    public void close() {
      if (!closed.getAndSet(true)) {
        feed.close();
      }
    }
  }

  private record Made<T>(List<T> list) implements Batches.Claim<List<T>> {

    @Override
    public Optional<List<T>> make() {
      return Optional.of(list);
    }

    @Override
    public void abandon() {}
  }
}
