package io.filewright.stream;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/// Views of parts of an array.
///
/// @param <V> a view
final class ArraySource<V> implements BatchSource<V> {

  private final int length;
  private final int elementBytes;
  private final Slicer<V> slicer;
  private final ToIntFunction<V> sizes;
  private final int batchElements;

  /// Makes a view.
  @FunctionalInterface
  interface Slicer<V> {
    V slice(int from, int size);
  }

  ArraySource(int length, int elementBytes, Slicer<V> slicer, ToIntFunction<V> sizes) {
    this(length, elementBytes, slicer, sizes, Math.max(1, length));
  }

  private ArraySource(
      int length, int elementBytes, Slicer<V> slicer, ToIntFunction<V> sizes, int batchElements) {
    this.length = length;
    this.elementBytes = elementBytes;
    this.slicer = slicer;
    this.sizes = sizes;
    this.batchElements = batchElements;
  }

  @Override
  public SourceSize size() {
    long bytes = (long) length * elementBytes;
    return new SourceSize(OptionalLong.of(bytes), elementBytes, 0, StreamConfig.processBudget());
  }

  @Override
  public BatchSource<V> inBatchesOf(long byteSize) {
    int elements = Math.clamp(byteSize / elementBytes, 1, Math.max(1, length));
    return new ArraySource<>(length, elementBytes, slicer, sizes, elements);
  }

  @Override
  public Batches<V> open(int inFlight) {
    return new Views();
  }

  private final class Views implements Batches<V> {

    private final AtomicInteger next = new AtomicInteger();

    @Override
    public Optional<Claim<V>> claim() {
      int from = next.getAndUpdate(n -> n + Math.min(batchElements, length - n));
      return from < length ? Optional.of(new Part(from)) : Optional.empty();
    }

    @Override
    public BatchPlace place(V batch) {
      return BatchPlace.ofElements(sizes.applyAsInt(batch), elementBytes);
    }

    @Override
    public void close() {
      next.set(length);
    }
  }

  private final class Part implements Batches.Claim<V> {

    private final int from;

    Part(int from) {
      this.from = from;
    }

    @Override
    public Optional<V> make() {
      return Optional.of(slicer.slice(from, Math.min(batchElements, length - from)));
    }

    @Override
    public void abandon() {}
  }
}
