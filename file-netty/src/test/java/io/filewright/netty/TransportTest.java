package io.filewright.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TransportTest {

  @Test
  void choosesTheFirstThatCanRunAndSaysWhyTheOthersCannot() {
    var choice = Transport.choose();
    assertThat(choice.transport().refusal()).isEmpty();
    for (Transport transport : Transport.values()) {
      if (transport.compareTo(choice.transport()) < 0) {
        assertThat(choice.refused().get(transport)).isNotBlank();
      } else {
        assertThat(choice.refused()).doesNotContainKey(transport);
      }
    }
  }

  @Test
  void nioRunsEverywhere() {
    assertThat(Transport.NIO.refusal()).isEmpty();
  }
}
