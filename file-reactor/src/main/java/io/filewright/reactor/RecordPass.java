package io.filewright.reactor;

import io.filewright.error.FileException;
import org.jspecify.annotations.Nullable;

/// The records of a file, one after the other.
///
/// @param <T> what is made of them
final class RecordPass<T> implements Pass<T> {

  private final Chunks chunks;
  private final RecordCutter<T> cutter;

  private RecordPass(Chunks chunks, RecordCutter<T> cutter) {
    this.chunks = chunks;
    this.cutter = cutter;
  }

  static <T> RecordPass<T> open(RecordSource<T> source) throws FileException, InterruptedException {
    return new RecordPass<>(source.open(), source.cutter());
  }

  @Override
  public @Nullable T next() throws FileException {
    return cutter.hasNext() || chunks.mapNext(cutter::load).isPresent() ? cutter.next() : null;
  }

  @Override
  public boolean isExhausted() {
    return !cutter.hasNext() && chunks.isExhausted();
  }

  @Override
  public void close() {
    chunks.close();
  }
}
