package io.filewright.stream;

import io.filewright.error.FileException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Brings what has been written to the disk while more is written: a sync on a thread of its own
/// after each [ChunkSink#WRITE_BEHIND_BYTES], one at a time. Not thread-safe.
final class WriteBehind {

  private final Sync sync;
  private final Consumer<Throwable> onFailure;
  private @Nullable Thread syncing;
  private long dueBytes = ChunkSink.WRITE_BEHIND_BYTES;

  /// @param onFailure called on the thread of a sync that has failed
  WriteBehind(Sync sync, Consumer<Throwable> onFailure) {
    this.sync = sync;
    this.onFailure = onFailure;
  }

  /// What brings a file to the disk, and waits for it.
  @FunctionalInterface
  interface Sync {
    void run() throws FileException;
  }

  /// Begins a sync if one is due, unless one is under way.
  ///
  /// @param writtenBytes so far
  void reached(long writtenBytes) {
    if (writtenBytes >= dueBytes && (syncing == null || !syncing.isAlive())) {
      dueBytes = writtenBytes + ChunkSink.WRITE_BEHIND_BYTES;
      syncing = Thread.ofPlatform().daemon().name("filewright-write-behind").start(this::run);
    }
  }

  private void run() {
    try {
      sync.run();
    } catch (Throwable e) { // whatever it is, who writes must hear of it
      onFailure.accept(e);
    }
  }
}
