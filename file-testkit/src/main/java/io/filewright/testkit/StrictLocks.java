package io.filewright.testkit;

import io.filewright.error.InUse;
import io.filewright.spi.FileLocking;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Who locks what in a [StrictEngine].
final class StrictLocks {

  private final List<Held> held = new ArrayList<>();
  private long taken;

  /// A lock until it is closed.
  record Held(StrictLocks owner, Path path, FileLocking locking, long number)
      implements AutoCloseable {

    @Override
    public void close() {
      synchronized (owner.held) {
        owner.held.removeIf(lock -> lock.number == number);
      }
    }
  }

  Held take(Path path, FileLocking locking) throws InUse {
    synchronized (held) {
      boolean excluded =
          held.stream()
              .filter(lock -> lock.path.equals(path))
              .anyMatch(
                  lock ->
                      locking == FileLocking.EXCLUSIVE || lock.locking == FileLocking.EXCLUSIVE);
      if (excluded) {
        throw new InUse(StrictEngine.details(path, "lock", "somebody else holds a lock on it"));
      }
      var lock = new Held(this, path, locking, ++taken);
      held.add(lock);
      return lock;
    }
  }
}
