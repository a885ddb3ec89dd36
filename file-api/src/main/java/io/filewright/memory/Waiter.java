package io.filewright.memory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Somebody in a family's queue.
final class Waiter {

  private final MemoryBudget budget;
  private final long byteSize;
  private final CompletableFuture<Reservation> turn = new CompletableFuture<>();

  /// Written under the family's lock.
  private volatile boolean granted;

  Waiter(MemoryBudget budget, long byteSize) {
    this.budget = budget;
    this.byteSize = byteSize;
  }

  Ledger ledger() {
    return budget.ledger();
  }

  long byteSize() {
    return byteSize;
  }

  void grant() {
    granted = true;
  }

  boolean isGranted() {
    return granted;
  }

  /// Called once, without the lock, after the bytes were taken: who gave up meanwhile does not want
  /// them any more.
  void wake() {
    var reservation = budget.reserved(byteSize);
    if (!turn.complete(reservation)) {
      reservation.close();
    }
  }

  Reservation await() throws InterruptedException {
    try {
      return turn.get();
    } catch (InterruptedException e) {
      giveUp();
      throw e;
    } catch (ExecutionException e) {
      throw new AssertionError("nobody fails it", e);
    }
  }

  /// What others may complete, cancel and depend on without holding up who gives bytes back.
  CompletableFuture<Reservation> future() {
    var copy = new CompletableFuture<Reservation>();
    var _ = turn.thenAcceptAsync(r -> handOver(r, copy), Thread::startVirtualThread);
    var _ =
        copy.whenComplete(
            (_, _) -> {
              if (copy.isCancelled() || copy.isCompletedExceptionally()) {
                giveUp();
              }
            });
    return copy;
  }

  private static void handOver(Reservation reservation, CompletableFuture<Reservation> to) {
    if (!to.complete(reservation)) {
      reservation.close();
    }
  }

  private void giveUp() {
    budget.family().leave(this);
    if (!turn.cancel(false) && !turn.isCancelled()) {
      turn.join().close();
    }
  }
}
