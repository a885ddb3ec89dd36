package io.filewright.internal.region;

import io.filewright.error.AllocationFailed;
import io.filewright.error.FailureDetails;
import io.filewright.memory.Reservation;
import io.filewright.spi.Allocation;
import io.filewright.spi.Engine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// Memory outside the heap together with the reservation that pays for it: they come and go
/// together.
///
/// @param allocation as large as the reservation
public record ReservedMemory(Allocation allocation, Reservation reservation)
    implements AutoCloseable {

  /// Allocates what was reserved, or gives the reservation back: memory may be short before the
  /// budget is.
  ///
  /// @param file what it is for
  public static ReservedMemory allocate(Engine engine, Reservation reservation, Path file)
      throws AllocationFailed {
    try {
      return new ReservedMemory(engine.allocate(reservation.byteSize()), reservation);
    } catch (OutOfMemoryError e) {
      reservation.close();
      throw new AllocationFailed(
          FailureDetails.of(
              file,
              "allocate",
              "the system has no memory left for " + reservation.byteSize() + " bytes",
              "Check the limits of the process and of its container, or allow a smaller budget"),
          reservation.byteSize(),
          e);
    } catch (RuntimeException | Error e) {
      reservation.close();
      throw e;
    }
  }

  /// See [Allocation#segment].
  public MemorySegment segment(Arena arena) {
    return allocation.segment(arena);
  }

  /// Its size, in bytes.
  public long byteSize() {
    return reservation.byteSize();
  }

  /// Called once, when nobody uses it any more.
  @Override
  public void close() {
    allocation.close();
    reservation.close();
  }
}
