package io.filewright.micrometer;

import io.filewright.FileRuntime;
import io.filewright.RuntimeStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToLongFunction;

/// What a runtime holds and has done ([FileRuntime#stats]), and the budget that it charges.
///
/// | meter | kind | what |
/// |---|---|---|
/// | `filewright.regions.active` | gauge | regions that hold memory |
/// | `filewright.regions.max` | gauge | the most that there may be |
/// | `filewright.regions.leaked` | counter | what became unreachable without having been closed |
/// | `filewright.memory.mapped` | gauge, bytes | address space that is mapped |
/// | `filewright.memory.copied` | gauge, bytes | memory that holds copies |
/// | `filewright.descriptors.open` | gauge | file descriptors |
/// | `filewright.prefaulted` | counter, bytes | brought in by loads and prefetches |
/// | `filewright.faults` | counter | reads of regions that met a truncation or a device error |
/// | `filewright.closes.failed` | counter | unmaps and closes that the system refused |
///
/// Each has the tag `engine`. Those of the budget are listed at [MemoryBudgetMetrics]. The registry
/// keeps the runtime only weakly: meters of one that nobody else holds any more say nothing.
public final class FileRuntimeMetrics implements MeterBinder {

  private final FileRuntime runtime;
  private final Tags tags;

  /// @param tags put on every meter, beside `engine`: tells runtimes apart that have the same
  ///   engine
  public FileRuntimeMetrics(FileRuntime runtime, Iterable<Tag> tags) {
    this.runtime = runtime;
    this.tags = Tags.of(tags).and("engine", runtime.engineName());
  }

  public FileRuntimeMetrics(FileRuntime runtime) {
    this(runtime, Tags.empty());
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge("regions.active", "Regions that hold memory", RuntimeStats::activeRegions)
        .baseUnit("regions")
        .register(registry);
    Gauge.builder("filewright.regions.max", runtime, FileRuntime::maxRegions)
        .description("The most regions that there may be at a time")
        .baseUnit("regions")
        .tags(tags)
        .register(registry);
    counter("regions.leaked", "Found without a user, but not closed", RuntimeStats::leakedRegions)
        .register(registry);
    gauge("memory.mapped", "Address space that is mapped", RuntimeStats::mappedBytes)
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
    gauge("memory.copied", "Memory that holds copies", RuntimeStats::copiedBytes)
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
    gauge("descriptors.open", "File descriptors", RuntimeStats::openDescriptors)
        .baseUnit(BaseUnits.FILES)
        .register(registry);
    counter("prefaulted", "Brought in by loads and prefetches", RuntimeStats::prefaultedBytes)
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
    counter(
            "faults",
            "Reads of regions that met a truncation or a device error",
            RuntimeStats::faults)
        .register(registry);
    counter("closes.failed", "Closes that the system refused", RuntimeStats::failedCloses)
        .register(registry);
    new MemoryBudgetMetrics(runtime.budget(), tags).bindTo(registry);
  }

  private Gauge.Builder<FileRuntime> gauge(
      String name, String description, ToLongFunction<RuntimeStats> figure) {
    return Gauge.builder("filewright." + name, runtime, asked -> figure.applyAsLong(asked.stats()))
        .description(description)
        .tags(tags);
  }

  private FunctionCounter.Builder<FileRuntime> counter(
      String name, String description, ToLongFunction<RuntimeStats> figure) {
    return FunctionCounter.builder(
            "filewright." + name, runtime, asked -> figure.applyAsLong(asked.stats()))
        .description(description)
        .tags(tags);
  }
}
