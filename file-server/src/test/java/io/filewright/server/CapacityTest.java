package io.filewright.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityTest {

  @Test
  void isWhatIsWantedWhereThereAreDescriptorsForIt() {
    assertThat(Capacity.within(1_000_000, 10_000, 3)).isEqualTo(new Capacity(10_000, 256));
    assertThat(Capacity.within(Long.MAX_VALUE, 10_000, 3)).isEqualTo(new Capacity(10_000, 256));
  }

  @ParameterizedTest
  @ValueSource(longs = {60, 110, 1_000, 4_000, 30_000})
  void needsNoMoreDescriptorsThanThereAre(long spare) {
    for (int each : new int[] {3, 5}) {
      Capacity capacity = Capacity.within(spare, 10_000, each);
      assertThat(capacity.served() * (long) each + capacity.refused()).isBetween(spare / 10, spare);
    }
  }

  @Test
  void isNeverNothing() {
    assertThat(Capacity.within(-5, 10_000, 3)).isEqualTo(new Capacity(1, 1));
  }
}
