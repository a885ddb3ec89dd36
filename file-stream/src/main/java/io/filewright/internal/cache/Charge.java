package io.filewright.internal.cache;

import io.filewright.memory.MemoryBudget;
import io.filewright.memory.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The same bytes taken from several budgets: all of them or none.
record Charge(List<Reservation> reservations) implements AutoCloseable {

  static Optional<Charge> tryTake(List<MemoryBudget> budgets, long byteSize) {
    var taken = new Charge(new ArrayList<>(budgets.size()));
    for (MemoryBudget budget : budgets) {
      Optional<Reservation> reservation = budget.tryReserve(byteSize);
      if (reservation.isEmpty()) {
        taken.close();
        return Optional.empty();
      }
      taken.reservations.add(reservation.get());
    }
    return Optional.of(taken);
  }

  @Override
  public void close() {
    reservations.forEach(Reservation::close);
  }
}
