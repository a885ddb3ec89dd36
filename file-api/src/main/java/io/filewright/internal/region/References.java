package io.filewright.internal.region;

import io.filewright.error.AlreadyClosed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.InUse;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// Takes a reference of a region's lifetime for as long as something is done with it, or says why
/// there is none any more.
///
/// @param path the region's file
/// @param lifetime the region's own
/// @param revocation what may end it early
public record References(Path path, Lifetime lifetime, Revocation revocation) {

  /// What is done while a reference is held.
  @FunctionalInterface
  public interface Use<T> {
    T run() throws FileException;
  }

  /// Does something while holding a reference.
  ///
  /// @throws InUse if the region was taken away
  /// @throws AlreadyClosed if it was closed
  public <T> T using(String operation, Use<T> use) throws FileException {
    if (!lifetime.tryAcquire()) {
      Optional<InUse> reason = revocation.reason(path, operation);
      if (reason.isPresent()) {
        throw reason.get();
      }
      throw closed(operation);
    }
    try {
      return use.run();
    } finally {
      lifetime.release();
    }
  }

  /// Begins something that takes a reference over, unless it fails to begin.
  ///
  /// @throws AlreadyClosed if the region was closed or, as its cause says, taken away
  public <T> T holding(String operation, Supplier<T> beginning) {
    if (!lifetime.tryAcquire()) {
      var closed = closed(operation);
      revocation.reason(path, operation).ifPresent(closed::initCause);
      throw closed;
    }
    try {
      return beginning.get();
    } catch (RuntimeException | Error e) {
      lifetime.release();
      throw e;
    }
  }

  private AlreadyClosed closed(String operation) {
    return new AlreadyClosed(operation + ": region [" + FailureDetails.printable(path) + "]");
  }
}
