package io.filewright.faults;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Raw memory in native and vectorised code while the file is truncated, for a moment; for long in
/// [StrongGuardFaultsTest].
class StrongGuardTest {

  private static final int SECONDS = 20;

  @ParameterizedTest
  @CsvSource({"KERNEL_LEASE, 3000", "SNAPSHOT, 5000"})
  void nativeCodeIsSafe(String guard, int passes, @TempDir Path folder) throws Exception {
    Child child = StrongGuards.race(folder, guard, "all", passes, SECONDS, "thread");

    StrongGuards.assertUnharmed(child, passes);
  }
}
