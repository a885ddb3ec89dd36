package io.filewright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.memory.MemoryBudget;
import io.filewright.spi.EngineProvider;
import io.filewright.spi.EngineSettings;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A runtime on the engine under test, and a folder. After each test nothing may be left.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class ContractFixture {

  /// Always a mapping, even of a small file.
  static final OpenOptions<MmapRegion> MAPPED = OpenOptions.readOnly().withPrefault(Prefault.ALL);

  MemoryBudget budget;
  FileRuntime runtime;
  Path folder;
  TestFiles files;

  abstract EngineProvider provider();

  abstract Set<EngineTrait> traits();

  @BeforeEach
  void begin(@TempDir Path tempDir) throws Exception {
    folder = tempDir;
    files = TestFiles.in(tempDir);
    budget = MemoryBudget.ofBytes(64 << 20);
    runtime = builder().build();
  }

  @AfterEach
  void leavesNothingBehind() throws Exception {
    Patience.untilEmpty(runtime);
    assertThat(budget.usedBytes()).as("bytes of the budget").isZero();
    runtime.close();
  }

  FileRuntime.Builder builder() {
    return FileRuntime.builder().engine(provider().name()).budget(budget);
  }

  boolean can(EngineTrait trait) {
    return traits().contains(trait);
  }

  /// The engine under test, wrapped so that it can be disturbed.
  FaultyEngine faulty() {
    return FaultyEngine.over(provider().create(new EngineSettings(2, 4, 2)));
  }

  MmapRegion region(Path path, OpenOptions<MmapRegion> options) throws Exception {
    return runtime.openSync(path, options);
  }

  MmapRegion mapped(byte[] content) throws Exception {
    return region(files.write("content", content), MAPPED);
  }

  MmapRegion copied(byte[] content) throws Exception {
    return region(files.write("copied", content), OpenOptions.readOnly());
  }
}
