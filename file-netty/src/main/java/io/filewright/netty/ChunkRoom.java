package io.filewright.netty;

import io.filewright.memory.MemoryBudget;
import io.filewright.memory.Reservation;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One reader's share of a budget that many readers have in common.
///
/// ```
///   at least half of the budget is free   chunks of 128 KiB, as many as the reader likes
///   less                                  one of 16 KiB, once the reader holds nothing else
///   not even that                         the same, in the order in which they ask for it
/// ```
///
/// So the few are fast, and of the many nobody is left out for good, however slowly the others take
/// what they have. Used by one thread at a time; charges may be closed by any.
final class ChunkRoom implements AutoCloseable {

  /// Size of a chunk, in bytes: a disk's queue is better filled by few large reads, and a socket
  /// takes about as much at a time.
  static final int CHUNK_BYTES = 128 << 10;

  /// Size of a chunk when memory is short, in bytes: what one record of TLS holds.
  static final int SMALL_BYTES = 16 << 10;

  private final MemoryBudget budget;
  private final AtomicInteger held = new AtomicInteger();
  private @Nullable CompletableFuture<Reservation> awaited;

  ChunkRoom(MemoryBudget budget) {
    this.budget = budget;
  }

  /// A chunk's share, to be closed once.
  final class Charge implements AutoCloseable {

    private final Reservation reservation;
    private final int byteSize;

    private Charge(Reservation reservation, int byteSize) {
      this.reservation = reservation;
      this.byteSize = byteSize;
    }

    /// Size of the chunk, in bytes.
    int byteSize() {
      return byteSize;
    }

    @Override
    public void close() {
      held.decrementAndGet();
      reservation.close();
    }
  }

  /// Room for a chunk; never waits.
  ///
  /// @param wantedBytes that are still to be read, at least 1
  /// @return closed by the caller; empty if there is none now
  Optional<Charge> take(long wantedBytes) {
    if (awaited != null) {
      return awaited(wantedBytes);
    }
    if (budget.availableBytes() >= budget.limitBytes() / 2) {
      int byteSize = (int) Math.min(CHUNK_BYTES, wantedBytes);
      Optional<Charge> charge = budget.tryReserve(byteSize).map(room -> charge(room, byteSize));
      if (charge.isPresent()) {
        return charge;
      }
    }
    if (held.get() > 0) {
      return Optional.empty();
    }
    int byteSize = (int) Math.min(SMALL_BYTES, wantedBytes);
    return budget.tryReserve(byteSize).map(room -> charge(room, byteSize));
  }

  /// Gets in line for a small chunk, after [#take] in vain by a reader that holds nothing.
  ///
  /// @param onFree called on any thread when there is room, or never will be, which [#take] says
  void whenFree(Runnable onFree) {
    if (awaited == null && held.get() == 0) {
      awaited = budget.reserveAsync(SMALL_BYTES);
      var _ = awaited.whenComplete((_, _) -> onFree.run());
    }
  }

  /// Gets out of line. Charges stay as they are.
  @Override
  public void close() {
    if (awaited != null) {
      var _ = awaited.thenAccept(Reservation::close);
      awaited.cancel(false);
    }
  }

  private Optional<Charge> awaited(long wantedBytes) {
    CompletableFuture<Reservation> turn = awaited;
    if (turn == null || !turn.isDone()) {
      return Optional.empty();
    }
    awaited = null;
    return Optional.of(charge(turn.join(), (int) Math.min(SMALL_BYTES, wantedBytes)));
  }

  private Charge charge(Reservation reservation, int byteSize) {
    held.incrementAndGet();
    return new Charge(reservation, byteSize);
  }
}
