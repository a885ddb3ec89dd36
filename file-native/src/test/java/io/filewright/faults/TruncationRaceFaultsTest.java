package io.filewright.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.faults.Outcome.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A million files that become shorter while they are read, or as many as the time allows.
@Tag("faults")
class TruncationRaceFaultsTest {

  private static final int ROUNDS = 1_000_000;
  private static final int SECONDS = 75;
  private static final int SLACK_SECONDS = 20;

  @TempDir Path folder;

  @Test
  void neverHandsOutJunk() throws Exception {
    Child child =
        Child.Launch.of(TruncationRaceProgram.class)
            .with()
            .atMost(SECONDS + SLACK_SECONDS)
            .run(folder, folder.toRealPath(), ROUNDS, SECONDS);

    assertThat(child.exitCode()).as("exit code of %s", child).isZero();
    assertThat(child.last("race").kind()).as("%s", child).isEqualTo(Kind.OK);
    System.out.printf(
        "truncation race: %s of %d rounds, %s of them with a fault%n",
        child.text("rounds"), ROUNDS, child.text("truncated"));
    assertThat(child.number("whole")).as("rounds without a fault").isPositive();
    assertThat(child.number("truncated")).as("rounds with a fault").isPositive();
    assertThat(child.number("descriptors")).isZero();
    assertThat(child.number("mappings")).isZero();
  }
}
