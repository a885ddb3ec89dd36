package io.filewright.bench.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

class AnonymousPeakTest {

  private static final int MIB = 64;
  private static final double NOISE_MIB = 16;
  private static final long SEVERAL_LOOKS_MILLIS = 200;

  @Test
  void whatIsGivenBackBeforeTheEndCounts() throws Exception {
    try (var peak = AnonymousPeak.start()) {
      try (var arena = Arena.ofConfined()) {
        var memory = arena.allocate((long) MIB << 20);
        memory.fill((byte) 1);
        Thread.sleep(SEVERAL_LOOKS_MILLIS);
      }
      Thread.sleep(SEVERAL_LOOKS_MILLIS);

      assertEquals(MIB, peak.grownMib(), NOISE_MIB);
    }
  }
}
