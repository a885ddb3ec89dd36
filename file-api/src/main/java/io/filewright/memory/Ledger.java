package io.filewright.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one budget has lent, and the ledgers above it. Only touched under its family's lock.
final class Ledger {

  private final String name;
  private final long limit;
  private final @Nullable Ledger parent;

  /// Children that hold something: others need not be known, so none is kept alive by its parent.
  private final Set<Ledger> holding = new LinkedHashSet<>();

  private final List<Watermark> watermarks = new ArrayList<>();
  private long used;
  private long peak;
  private long reservations;
  private long releases;

  Ledger(String name, long limit, @Nullable Ledger parent) {
    this.name = name;
    this.limit = limit;
    this.parent = parent;
  }

  long used() {
    return used;
  }

  /// The least that is left here or above.
  long available() {
    return upwards().mapToLong(ledger -> ledger.limit - ledger.used).min().orElseThrow();
  }

  /// This ledger and those above it.
  Stream<Ledger> upwards() {
    return Stream.iterate(this, ledger -> ledger != null, ledger -> ledger.parent);
  }

  boolean isWithin(Ledger other) {
    return upwards().anyMatch(ledger -> ledger == other);
  }

  boolean hasRoom(long byteSize) {
    for (Ledger at = this; at != null; at = at.parent) {
      if (byteSize > at.limit - at.used) {
        return false;
      }
    }
    return true;
  }

  /// The ledgers, here and above, that have no room for so many bytes.
  Stream<Ledger> obstacles(long byteSize) {
    return upwards().filter(ledger -> byteSize > ledger.limit - ledger.used);
  }

  /// How many bytes have to be given back, here or above, before so many fit.
  long missing(long byteSize) {
    return byteSize - available();
  }

  /// @param reached receives what is to be run, without the lock, since a mark was reached
  void take(long byteSize, List<Runnable> reached) {
    for (Ledger at = this; at != null; at = at.parent) {
      long before = at.used;
      at.used += byteSize;
      at.peak = Math.max(at.peak, at.used);
      at.reservations++;
      if (at.parent != null && at.used > 0) {
        at.parent.holding.add(at);
      }
      for (Watermark mark : at.watermarks) {
        if (mark.isReached(before, at.used)) {
          reached.add(mark.action());
        }
      }
    }
  }

  void giveBack(long byteSize) {
    for (Ledger at = this; at != null; at = at.parent) {
      at.used -= byteSize;
      at.releases++;
      if (at.parent != null && at.used == 0) {
        at.parent.holding.remove(at);
      }
    }
  }

  /// One reservation has become so many; returns how many that were added.
  int countParts(int parts) {
    for (Ledger at = this; at != null; at = at.parent) {
      at.reservations += parts - 1;
    }
    return parts - 1;
  }

  void add(Watermark mark) {
    watermarks.add(mark);
  }

  void remove(Watermark mark) {
    watermarks.remove(mark);
  }

  BudgetStats stats(long cached) {
    return new BudgetStats(name, used, available(), limit, peak, cached, reservations, releases);
  }

  /// Begins anew at what is used, and returns the peak until now.
  long resetPeak() {
    long before = peak;
    peak = used;
    return before;
  }

  /// Where it does not fit: the lowest ledger without room, or this one if others only came first.
  Shortage shortage(long byteSize) {
    Ledger at = obstacles(byteSize).findFirst().orElse(this);
    Map<String, Long> holders =
        at.holding.stream().collect(Collectors.toMap(h -> h.name, h -> h.used, Long::sum));
    return new Shortage(at.name, at.used, at.limit, Map.copyOf(holders));
  }

  /// @param holders what children hold, by their names; what is missing, the budget lent itself
  record Shortage(String name, long usedBytes, long limitBytes, Map<String, Long> holders) {

    private static final int NAMED = 3;

    String message(long requested) {
      String room =
          "the memory budget has %d of %d bytes left, %d are needed"
              .formatted(limitBytes - usedBytes, limitBytes, requested);
      String who =
          holders.entrySet().stream()
              .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
              .limit(NAMED)
              .map(holder -> holder.getKey() + " holds " + holder.getValue())
              .collect(Collectors.joining(", "));
      String which = name.equals("process") ? room : room + " (" + name + ")";
      return who.isEmpty() ? which : which + "; " + who;
    }
  }
}
