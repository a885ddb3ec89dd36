package io.filewright.micrometer;

import io.filewright.memory.BudgetStats;
import io.filewright.memory.MemoryBudget;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToLongFunction;

/// The figures of a budget ([MemoryBudget#stats]), its children included.
///
/// | meter | kind | what |
/// |---|---|---|
/// | `filewright.budget.used` | gauge, bytes | reserved |
/// | `filewright.budget.available` | gauge, bytes | what could be reserved |
/// | `filewright.budget.limit` | gauge, bytes | the budget's own bound |
/// | `filewright.budget.peak` | gauge, bytes | the most that was used since the peak was reset |
/// | `filewright.budget.cached` | gauge, bytes | of what is used, kept only for later |
/// | `filewright.budget.reservations` | counter | reservations made |
/// | `filewright.budget.releases` | counter | reservations closed |
///
/// Each has the tag `budget`: its name. The registry keeps the budget only weakly.
public final class MemoryBudgetMetrics implements MeterBinder {

  private final MemoryBudget budget;
  private final Tags tags;

  /// @param tags put on every meter, beside `budget`: tells budgets apart that have the same name
  public MemoryBudgetMetrics(MemoryBudget budget, Iterable<Tag> tags) {
    this.budget = budget;
    this.tags = Tags.of(tags).and("budget", budget.stats().name());
  }

  public MemoryBudgetMetrics(MemoryBudget budget) {
    this(budget, Tags.empty());
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(registry, "used", "Reserved", BudgetStats::usedBytes);
    gauge(registry, "available", "What could be reserved", BudgetStats::availableBytes);
    gauge(registry, "limit", "The bound", BudgetStats::limitBytes);
    gauge(registry, "peak", "The most that was used", BudgetStats::peakBytes);
    gauge(registry, "cached", "Used, but only for later", BudgetStats::cachedBytes);
    counter(registry, "reservations", "Reservations made", BudgetStats::reservations);
    counter(registry, "releases", "Reservations closed", BudgetStats::releases);
  }

  private void gauge(
      MeterRegistry registry, String name, String description, ToLongFunction<BudgetStats> figure) {
    Gauge.builder("filewright.budget." + name, budget, asked -> figure.applyAsLong(asked.stats()))
        .description(description)
        .baseUnit(BaseUnits.BYTES)
        .tags(tags)
        .register(registry);
  }

  private void counter(
      MeterRegistry registry, String name, String description, ToLongFunction<BudgetStats> figure) {
    FunctionCounter.builder(
            "filewright.budget." + name, budget, asked -> figure.applyAsLong(asked.stats()))
        .description(description)
        .tags(tags)
        .register(registry);
  }
}
