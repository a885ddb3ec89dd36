package io.filewright;

import io.filewright.error.AlreadyClosed;
import io.filewright.error.FailureDetails;
import io.filewright.error.FileException;
import io.filewright.error.InUse;
import io.filewright.error.OutOfBounds;
import io.filewright.error.Unsupported;
import io.filewright.event.ForceEvent;
import io.filewright.internal.region.SharedMemory;
import io.filewright.spi.Mapping;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/// A file in memory, to be read and written: what is written is the file's at once, for everybody
/// who reads or maps it, and survives the end of the process. It survives that of the machine once
/// [#force] has returned.
///
/// Its space on the disk was reserved before it was mapped, so a full disk is
/// [io.filewright.error.NoSpace] when it is opened or made longer, never at a store.
///
/// ```java
/// try (WritableRegion log = AsyncFiles.openSync(path, OpenOptions.create(1 << 20))) {
///   log.write(0, header);
///   log.force();
/// }
/// ```
///
/// Closing does not force. A replacement of a whole file that is complete or does not happen is
/// [AtomicFile]'s business.
///
/// ## Failures
///
/// When the disk refuses what was written, nobody knows any more what it holds, and the next
/// attempt would be told that all is well. So the first failure of a force stands: every later
/// write, force and resize of this region throws it again.
public final class WritableRegion extends MutableRegion {

  private final SharedMemory memory;
  private final ReentrantLock resizing = new ReentrantLock();

  WritableRegion(RegionParts parts) {
    super(parts);
    this.memory = (SharedMemory) parts.memory();
  }

  /// Waits until all that was written is on the disk. In a region of size 0 there is nothing to
  /// wait for: a file that was cut to size 0 may have its old size again after a power cut.
  public void force() throws FileException {
    using(
        "force",
        () -> {
          force(0, byteSize());
          return true;
        });
  }

  /// Waits until what was written to `[from, to)` is on the disk; not at all if that is empty.
  public void force(long from, long to) throws FileException {
    using(
        "force",
        () -> {
          OutOfBounds.checkRange(from, to, byteSize());
          var event = new ForceEvent();
          event.begin();
          memory.force(from, to - from);
          if (event.shouldCommit()) {
            event.path = path().toString();
            event.byteOffset = from;
            event.byteSize = to - from;
            event.commit();
          }
          return true;
        });
  }

  /// The same without blocking the caller.
  ///
  /// @return completes when it is on the disk; cancelling it does not stop the work
  public CompletableFuture<Void> forceAsync(long from, long to) {
    var stage =
        holding(
            "forceAsync",
            () -> {
              OutOfBounds.checkRange(from, to, byteSize());
              return memory.forceAsync(from, to - from);
            });
    return services().handOut(stage.whenComplete((_, _) -> lifetime().release()));
  }

  /// Makes file and region longer or shorter; what is new reads as zeros. Hints and locks in memory
  /// have to be given again. Blocks while the disk works.
  ///
  /// @throws InUse while a slice, a lease, a stream or a call of another thread uses the region;
  ///   nothing has changed then
  /// @throws Unsupported if the file goes on behind the region
  /// @throws io.filewright.error.NoSpace if the disk is full; nothing has changed then
  public void resize(long newByteSize) throws FileException {
    if (newByteSize < 0) {
      throw new IllegalArgumentException("newByteSize: " + newByteSize);
    }
    resizing.lock();
    try {
      using(
          "resize",
          () -> {
            resizeTo(newByteSize);
            return true;
          });
    } finally {
      resizing.unlock();
    }
  }

  private void resizeTo(long newByteSize) throws FileException {
    memory.checkSynced();
    long before = byteSize();
    if (newByteSize == before) {
      return;
    }
    if (!memory.isWholeTail(before)) {
      throw new Unsupported(
          FailureDetails.of(
              path(),
              "resize",
              "the file does not end where the region does",
              "Open all of the file, and see whether something else changes its size"));
    }
    try {
      if (newByteSize > before) {
        memory.extend(before, newByteSize);
      }
      exchange(newByteSize);
    } catch (FileException | RuntimeException | Error e) {
      undoExtension(before, newByteSize, e);
      throw e;
    }
    if (newByteSize < before) {
      memory.cutTo(newByteSize);
    }
  }

  private void undoExtension(long before, long newByteSize, Throwable failure) {
    if (newByteSize > before) {
      try {
        memory.cutTo(before);
      } catch (FileException e) {
        failure.addSuppressed(e);
      }
    }
  }

  private void exchange(long newByteSize) throws FileException {
    Mapping next = memory.mapAgain(newByteSize);
    var unused = new Mapping[] {next};
    boolean alone =
        lifetime()
            .tryAlone(
                () -> {
                  unused[0] = memory.exchangeMapping(next);
                  becomes(newByteSize);
                });
    unused[0].close();
    if (!alone && isClosed()) {
      throw new AlreadyClosed("resize: region [" + FailureDetails.printable(path()) + "]");
    }
    if (!alone) {
      throw inUse();
    }
  }

  private InUse inUse() {
    return new InUse(
        FailureDetails.of(
            path(),
            "resize",
            "%d others use the region".formatted(Math.max(1, lifetime().references() - 1)),
            "Close its slices, leases and streams, and let calls of other threads end"));
  }
}
