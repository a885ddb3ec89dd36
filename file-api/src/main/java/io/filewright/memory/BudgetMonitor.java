package io.filewright.memory;

import io.filewright.event.MemoryBudgetEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/// Looks at a budget from time to time, on a virtual thread of its own.
final class BudgetMonitor {

  /// Below this part of the peak, memory was once needed and is so no more.
  private static final double LOW_EFFICIENCY = 0.5;

  /// Above this part of what there is, the next request may be refused.
  private static final double HIGH_FILL = 0.8;

  private static final Logger LOG = System.getLogger("io.filewright.memory");

  private BudgetMonitor() {}

  static Registration start(MemoryBudget budget, Duration interval) {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("interval: " + interval);
    }
    Thread thread =
        Thread.ofVirtual()
            .name("filewright-budget-monitor")
            .start(
                () -> {
                  try {
                    while (true) {
                      Thread.sleep(interval);
                      report(budget.stats());
                    }
                  } catch (InterruptedException _) {
                    // The end.
                  }
                });
    return thread::interrupt;
  }

  static void report(BudgetStats stats) {
    MemoryBudgetEvent.emit(
        stats.name(),
        stats.usedBytes(),
        stats.limitBytes(),
        stats.peakBytes(),
        stats.cachedBytes());
    String advice = advice(stats);
    LOG.log(
        advice.isEmpty() ? Level.INFO : Level.WARNING,
        "Memory budget {0}: {1} of {2} bytes in use, {3} of them kept for later, peak {4}.{5}",
        stats.name(),
        stats.usedBytes(),
        stats.limitBytes(),
        stats.cachedBytes(),
        stats.peakBytes(),
        advice);
  }

  static String advice(BudgetStats stats) {
    if (stats.fill() > HIGH_FILL) {
      return " It is nearly used up: close what is no longer needed, use smaller chunks or fewer"
          + " workers, or raise the limit.";
    }
    return stats.efficiency() < LOW_EFFICIENCY
        ? " Less than half of the peak is in use: a smaller budget would do between peaks, or"
            + " smaller chunks would flatten them."
        : "";
  }
}
