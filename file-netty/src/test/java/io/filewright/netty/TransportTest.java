package io.filewright.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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
  void saysWhatWasRefusedInTheOrderInWhichItWasTried() {
    for (List<Transport> order : List.of(Arrays.asList(Transport.values()), reversed())) {
      var refused = new LinkedHashMap<Transport, String>();
      order.forEach(transport -> refused.put(transport, "why"));
      assertThat(new Transport.Choice(Transport.NIO, refused).refused().keySet())
          .containsExactlyElementsOf(order);
    }
  }

  private static List<Transport> reversed() {
    return Arrays.asList(Transport.values()).reversed();
  }

  @Test
  void nioRunsEverywhere() {
    assertThat(Transport.NIO.refusal()).isEmpty();
  }
}
