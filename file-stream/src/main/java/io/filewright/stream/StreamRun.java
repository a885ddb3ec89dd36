package io.filewright.stream;

import io.filewright.error.FileException;
import org.jspecify.annotations.Nullable;

/// How results come about.
///
/// @param <R> a result
interface StreamRun<R> extends AutoCloseable {

  /// The next result in the order of batches; null at the end.
  @Nullable R next() throws FileException, InterruptedException;

  /// Has no more work begun. Any thread; does not wait.
  void cancel();

  /// Ends it, and waits until all threads have. Any thread; idempotent.
  @Override
  void close();
}
