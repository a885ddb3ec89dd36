package io.filewright.internal.region;

import io.filewright.error.FileException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The first failure to bring what was written to the disk. The kernel reports it once, marks the
/// pages clean and says of the next attempt that it went well; so it stands for good.
public final class SyncFailure {

  private final AtomicReference<@Nullable FileException> first = new AtomicReference<>();

  /// Takes note of a failure.
  ///
  /// @return the first one
  public FileException note(FileException failure) {
    FileException before = first.compareAndExchange(null, failure);
    return before == null ? failure : before;
  }

  /// Throws the first failure, if there was one.
  public void check() throws FileException {
    FileException failure = first.get();
    if (failure != null) {
      throw failure;
    }
  }
}
