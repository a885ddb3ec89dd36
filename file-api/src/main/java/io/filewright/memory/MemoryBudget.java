package io.filewright.memory;

import com.google.errorprone.annotations.MustBeClosed;
import io.filewright.error.FailureDetails;
import io.filewright.error.MemoryLimitExceeded;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// A bound on bytes that are held at the same time, exact under any number of threads.
///
/// It counts what is reserved; allocating is the holder's business. Mapped pages are not charged:
/// the kernel takes them back when it needs to.
public final class MemoryBudget {

  private final long limitBytes;
  private final AtomicLong used = new AtomicLong();

  private MemoryBudget(long limitBytes) {
    if (limitBytes < 0) {
      throw new IllegalArgumentException("limitBytes: " + limitBytes);
    }
    this.limitBytes = limitBytes;
  }

  /// A budget of so many bytes.
  public static MemoryBudget ofBytes(long limitBytes) {
    return new MemoryBudget(limitBytes);
  }

  /// Reserves bytes if there are enough; never waits.
  ///
  /// @return the reservation, to be closed when the memory is given back; empty if it does not fit
  public Optional<Reservation> tryReserve(long byteSize) {
    if (byteSize < 0) {
      throw new IllegalArgumentException("byteSize: " + byteSize);
    }
    long now = used.get();
    while (byteSize <= limitBytes - now) {
      long seen = used.compareAndExchange(now, now + byteSize);
      if (seen == now) {
        return Optional.of(new Reservation(this, byteSize));
      }
      now = seen;
    }
    return Optional.empty();
  }

  /// Reserves bytes for holding a file's content.
  ///
  /// @throws MemoryLimitExceeded if they do not fit
  @MustBeClosed
  public Reservation reserve(long byteSize, Path file) throws MemoryLimitExceeded {
    return tryReserve(byteSize).orElseThrow(() -> exceeded(byteSize, file));
  }

  /// Bytes reserved at this moment.
  public long usedBytes() {
    return used.get();
  }

  /// The bound, in bytes.
  public long limitBytes() {
    return limitBytes;
  }

  void giveBack(long byteSize) {
    used.addAndGet(-byteSize);
  }

  private MemoryLimitExceeded exceeded(long byteSize, Path file) {
    long inUse = used.get();
    var details =
        FailureDetails.of(
            file,
            "reserve",
            "the memory budget has %d of %d bytes left, %d are needed"
                .formatted(limitBytes - inUse, limitBytes, byteSize),
            "Close what is no longer used, or give the runtime a larger budget");
    return new MemoryLimitExceeded(details, byteSize, inUse, limitBytes);
  }
}
