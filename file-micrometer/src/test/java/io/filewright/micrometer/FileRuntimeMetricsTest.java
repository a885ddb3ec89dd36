package io.filewright.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.Truncated;
import io.filewright.memory.MemoryBudget;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRuntimeMetricsTest {

  private static final int SIZE = 1 << 20;

  @TempDir Path folder;
  private final MeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void metersFollowTheRuntime() throws Exception {
    Path large = Files.write(folder.resolve("large"), new byte[SIZE]);
    Path small = Files.write(folder.resolve("small"), new byte[1000]);
    var options = OpenOptions.readOnly();
    try (var runtime = runtime()) {
      new FileRuntimeMetrics(runtime, Tags.of("part", "import")).bindTo(registry);
      assertThat(value("filewright.regions.max")).isEqualTo(10);

      try (var _ = runtime.openSync(large, options.withPrefault(Prefault.ALL));
          var _ = runtime.openSync(small, options)) {
        assertThat(value("filewright.regions.active")).isEqualTo(2);
        assertThat(value("filewright.memory.mapped")).isEqualTo(SIZE);
        assertThat(value("filewright.memory.copied")).isEqualTo(1000);
        assertThat(value("filewright.descriptors.open")).isEqualTo(1);
        assertThat(value("filewright.prefaulted")).isEqualTo(SIZE);
        assertThat(value("filewright.budget.used")).isEqualTo(1000);
        assertThat(value("filewright.budget.available")).isEqualTo(SIZE - 1000);
      }

      assertThat(value("filewright.regions.active")).isZero();
      assertThat(value("filewright.memory.mapped")).isZero();
      assertThat(value("filewright.memory.copied")).isZero();
      assertThat(value("filewright.descriptors.open")).isZero();
      assertThat(value("filewright.budget.used")).isZero();
      assertThat(value("filewright.budget.peak")).isEqualTo(1000);
      assertThat(value("filewright.budget.limit")).isEqualTo(SIZE);
      assertThat(value("filewright.budget.reservations")).isEqualTo(1);
      assertThat(value("filewright.budget.releases")).isEqualTo(1);
    }
  }

  @Test
  void countsWhatWentWrong() throws Exception {
    Path file = Files.write(folder.resolve("file"), new byte[SIZE]);
    try (var runtime = runtime()) {
      new FileRuntimeMetrics(runtime).bindTo(registry);
      try (MmapRegion region = runtime.openSync(file, OpenOptions.readOnly())) {
        Files.write(file, new byte[1]);
        assertThatThrownBy(region::toByteArray).isInstanceOf(Truncated.class);
      }
      assertThat(value("filewright.faults")).isEqualTo(1);
      assertThat(value("filewright.regions.leaked")).isZero();
      assertThat(value("filewright.closes.failed")).isZero();
    }
  }

  @Test
  void everyMeterIsDescribedAndTagged() throws Exception {
    try (var runtime = runtime()) {
      new FileRuntimeMetrics(runtime, Tags.of("part", "import")).bindTo(registry);

      List<Meter.Id> meters = registry.getMeters().stream().map(Meter::getId).toList();

      assertThat(meters).hasSize(16);
      assertThat(meters)
          .allSatisfy(
              id -> {
                assertThat(id.getDescription()).isNotBlank();
                assertThat(id.getTag("part")).isEqualTo("import");
                assertThat(id.getTag("engine")).isEqualTo("portable");
              });
      assertThat(meters)
          .filteredOn(id -> id.getName().startsWith("filewright.budget."))
          .hasSize(7)
          .allSatisfy(id -> assertThat(id.getTag("budget")).isEqualTo("imports"));
    }
  }

  private double value(String name) {
    return registry.get(name).meter().measure().iterator().next().getValue();
  }

  private static FileRuntime runtime() throws Exception {
    return FileRuntime.builder()
        .engine("portable")
        .maxRegions(10)
        .budget(MemoryBudget.ofBytes(2 * SIZE).child("imports", SIZE))
        .build();
  }
}
