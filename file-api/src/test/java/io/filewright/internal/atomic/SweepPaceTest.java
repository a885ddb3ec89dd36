package io.filewright.internal.atomic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A large directory is not listed for every file that is written in it.
class SweepPaceTest {

  @Test
  @Timeout(10)
  void waitsLongerTheLargerADirectoryIs() {
    Path large = Path.of("large");
    Path small = Path.of("small");
    assertThat(SweepPace.isDue(large)).isTrue();

    SweepPace.swept(large, 1_000_000);
    SweepPace.swept(small, 10);
    assertThat(SweepPace.isDue(small)).isFalse();
    while (!SweepPace.isDue(small)) {
      Thread.onSpinWait();
    }

    assertThat(SweepPace.isDue(large)).isFalse();
  }

  @Test
  void forgetsDirectoriesRatherThanGrow() {
    Path first = Path.of("first");
    SweepPace.swept(first, 1_000_000);
    for (int i = 0; i < 256; i++) {
      SweepPace.swept(Path.of("other" + i), 1_000_000);
    }
    assertThat(SweepPace.isDue(first)).isTrue();
    assertThat(SweepPace.isDue(Path.of("other255"))).isFalse();
  }
}
