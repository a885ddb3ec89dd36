package io.filewright.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.faults.Outcome.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that become shorter while somebody reads them: no junk, no dead JVM.
class TruncationRaceTest {

  /// A quiet machine needs a few seconds, one with other work to do may take this long.
  private static final int PATIENCE_SECONDS = 180;

  private static final int MILLION = 1_000_000;
  private static final int MILLION_SECONDS = 75;
  private static final int SLACK_SECONDS = 20;

  @TempDir private Path folder;

  /// 100,000 truncations, in each mode of the JVM, as each delivers the signal of a fault in its
  /// own way.
  @ParameterizedTest
  @CsvSource({
    "populate, -Xint, 5000",
    "populate, -XX:TieredStopAtLevel=1, 35000",
    "populate, -XX:+TieredCompilation, 50000",
    "portable, -XX:+TieredCompilation, 10000"
  })
  void noJunkAndNoCrash(String engine, String mode, int rounds) throws Exception {
    Child child = race(engine, mode, rounds, PATIENCE_SECONDS);
    assertSound(child);
    assertThat(child.number("rounds")).as("%s", child).isEqualTo(rounds);
    assertThat(child.number("truncated")).as("%s", child).isGreaterThan(rounds / 100);
  }

  /// A million, or as many as the time allows.
  @Test
  @Tag("faults")
  void noJunkAndNoCrashForLong() throws Exception {
    Child child = race("populate", "-XX:+TieredCompilation", MILLION, MILLION_SECONDS);
    System.out.printf(
        "truncation race: %s of %d rounds, %s of them with a fault%n",
        child.text("rounds"), MILLION, child.text("truncated"));
    assertSound(child);
  }

  private Child race(String engine, String mode, int rounds, int seconds) throws Exception {
    return Child.Launch.of(TruncationRaceProgram.class)
        .with(mode)
        .atMost(seconds + SLACK_SECONDS)
        .run(folder, folder.toRealPath(), engine, rounds, seconds);
  }

  private static void assertSound(Child child) {
    assertThat(child.exitCode()).as("exit code of %s", child).isZero();
    assertThat(child.last("race").kind()).as("%s", child).isEqualTo(Kind.OK);
    assertThat(child.number("whole")).as("rounds without a fault").isPositive();
    assertThat(child.number("truncated")).as("rounds with a fault").isPositive();
    assertThat(child.number("activeRegions")).isZero();
    assertThat(child.number("descriptors")).isZero();
    assertThat(child.number("mappings")).isZero();
  }
}
