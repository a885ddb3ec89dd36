package io.filewright.stream;

import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

/// Sources for a [StreamingProcessor] that are no files.
///
/// Those of arrays give read-only views, copy nothing, and can be passed through again and again;
/// the array must not change meanwhile. All others can be passed through once, and their batches
/// are lists of 100,000 elements unless [StreamConfig] says otherwise, which takes 64 bytes for the
/// size of an element. What they throw is thrown to who asks for results.
public final class BatchedSources {

  private BatchedSources() {}

  /// Numbers of an array.
  public static BatchSource<DoubleBuffer> of(double[] values) {
    return new ArraySource<>(
        values.length,
        Double.BYTES,
        (from, size) -> DoubleBuffer.wrap(values, from, size).slice().asReadOnlyBuffer(),
        DoubleBuffer::remaining);
  }

  /// Numbers of an array.
  public static BatchSource<LongBuffer> of(long[] values) {
    return new ArraySource<>(
        values.length,
        Long.BYTES,
        (from, size) -> LongBuffer.wrap(values, from, size).slice().asReadOnlyBuffer(),
        LongBuffer::remaining);
  }

  /// Numbers of an array.
  public static BatchSource<IntBuffer> of(int[] values) {
    return new ArraySource<>(
        values.length,
        Integer.BYTES,
        (from, size) -> IntBuffer.wrap(values, from, size).slice().asReadOnlyBuffer(),
        IntBuffer::remaining);
  }

  /// Elements of an iterator, which one thread at a time asks.
  public static <T> BatchSource<List<T>> of(Iterator<? extends T> elements) {
    return new ElementSource<>(ElementFeed.of(elements, () -> {}));
  }

  /// Elements of a stream, which is closed at the end of the pass.
  public static <T> BatchSource<List<T>> of(Stream<? extends T> elements) {
    return new ElementSource<>(ElementFeed.of(elements.iterator(), elements::close));
  }

  /// Elements of a publisher. It is subscribed to when a pass begins, and asked for no more
  /// elements than [PublishedElements#REQUESTED] at a time; the subscription is cancelled at the
  /// end of the pass. A failure that it signals ends the pass as [ProcessingFailed].
  public static <T> BatchSource<List<T>> of(Flow.Publisher<? extends T> publisher) {
    return new ElementSource<>(new PublishedElements<T>(publisher));
  }
}
