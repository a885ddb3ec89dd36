package io.filewright.internal.region;

import io.filewright.error.MemoryLimitExceeded;
import io.filewright.memory.MemoryBudget;
import io.filewright.memory.Reservation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// The pages of a private mapping that were written, each charged to a budget before it is: unlike
/// pages of a file, the kernel cannot take them back, and kills the process that has too many.
public final class DirtyPages {

  /// Pages in one set: 128 MiB of 4 KiB pages.
  private static final int SET_PAGES = 1 << 15;

  private final Path path;
  private final MemoryBudget budget;
  private final int pageSize;
  private final long lead;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, BitSet> written = new HashMap<>();
  private final List<Reservation> reservations = new ArrayList<>();
  private long pages;

  /// @param fileOffset where the mapping begins in the file: pages are counted from a page's start
  public DirtyPages(Path path, MemoryBudget budget, int pageSize, long fileOffset) {
    this.path = path;
    this.budget = budget;
    this.pageSize = pageSize;
    this.lead = fileOffset % pageSize;
  }

  /// Charges the pages of `[from, to)` that were not written before.
  @SuppressWarnings("MustBeClosed") // with the pages
  public void claim(long from, long to) throws MemoryLimitExceeded {
    if (from == to) {
      return;
    }
    long first = (lead + from) / pageSize;
    long end = (lead + to - 1) / pageSize + 1;
    lock.lock();
    try {
      long fresh = end - first - countWritten(first, end);
      if (fresh > 0) {
        reservations.add(budget.reserveNow(fresh * pageSize, path));
        mark(first, end);
        pages += fresh;
      }
    } finally {
      lock.unlock();
    }
  }

  /// How many bytes the pages take that were written.
  public long byteSize() {
    lock.lock();
    try {
      return pages * pageSize;
    } finally {
      lock.unlock();
    }
  }

  /// Gives back what was charged.
  public void release() {
    lock.lock();
    try {
      reservations.forEach(Reservation::close);
      reservations.clear();
    } finally {
      lock.unlock();
    }
  }

  private long countWritten(long first, long end) {
    long count = 0;
    for (long at = first; at < end; at = nextSet(at)) {
      BitSet set = written.get(at / SET_PAGES);
      if (set != null) {
        int from = (int) (at % SET_PAGES);
        count += set.get(from, from + (int) (Math.min(end, nextSet(at)) - at)).cardinality();
      }
    }
    return count;
  }

  private void mark(long first, long end) {
    for (long at = first; at < end; at = nextSet(at)) {
      int from = (int) (at % SET_PAGES);
      written
          .computeIfAbsent(at / SET_PAGES, _ -> new BitSet(SET_PAGES))
          .set(from, from + (int) (Math.min(end, nextSet(at)) - at));
    }
  }

  private static long nextSet(long page) {
    return (page / SET_PAGES + 1) * SET_PAGES;
  }
}
