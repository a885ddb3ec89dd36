package io.filewright.faults;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A hundred thousand passes of native and vectorised code over raw memory while the file is
/// truncated, and the same harness without a strong guard, which must die of it.
@Tag("faults")
class StrongGuardFaultsTest {

  private static final int PASSES = 100_000;
  private static final int SECONDS = 240;
  private static final int DEATH_SECONDS = 60;

  @ParameterizedTest
  @CsvSource({
    "KERNEL_LEASE, thread",
    "KERNEL_LEASE, process",
    "SNAPSHOT, thread",
    "SNAPSHOT, process"
  })
  void neverDies(String guard, String who, @TempDir Path folder) throws Exception {
    Child child = StrongGuards.race(folder, guard, "all", PASSES, SECONDS, who);

    StrongGuards.assertUnharmed(child, PASSES);
    System.out.printf(
        "strong guards: %s, truncated by another %s: %d passes over %d regions, %d times refused, 0"
            + " deaths, 0 junk%n",
        guard, who, child.number("passes"), child.number("regions"), child.number("refused"));
  }

  /// Shows that the harness can kill.
  @ParameterizedTest
  @CsvSource({
    "NONE, CRC",
    "NONE, INFLATER",
    "NONE, DOWNCALL",
    "NONE, VECTOR",
    "CHECKED, CRC",
    "CHECKED, DOWNCALL"
  })
  void diesWithoutAStrongGuard(String guard, String way, @TempDir Path folder) throws Exception {
    Child child = StrongGuards.race(folder, guard, way, Long.MAX_VALUE, DEATH_SECONDS, "thread");

    StrongGuards.assertKilled(child, folder, guard, way);
  }
}
