package io.filewright.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Bounds hold near 2^31 and 2^63, where sums overflow.
class OutOfBoundsPropertiesTest {

  @Property
  void sizesAreCheckedAsIfNumbersHadNoEnd(
      @ForAll("numbers") long offset, @ForAll("numbers") long size, @ForAll("numbers") long limit) {
    boolean inside =
        offset >= 0
            && size >= 0
            && BigInteger.valueOf(offset)
                    .add(BigInteger.valueOf(size))
                    .compareTo(BigInteger.valueOf(Math.max(0, limit)))
                <= 0;
    assertThat(passes(() -> OutOfBounds.checkSize(offset, size, Math.max(0, limit))))
        .isEqualTo(inside);
  }

  @Property
  void rangesAreCheckedAsIfNumbersHadNoEnd(
      @ForAll("numbers") long from, @ForAll("numbers") long to, @ForAll("numbers") long limit) {
    boolean inside = 0 <= from && from <= to && to <= Math.max(0, limit);
    assertThat(passes(() -> OutOfBounds.checkRange(from, to, Math.max(0, limit))))
        .isEqualTo(inside);
  }

  @Provide
  Arbitrary<Long> numbers() {
    Arbitrary<Long> borders =
        Arbitraries.of(0L, 1L << 31, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, 100L);
    return net.jqwik.api.Combinators.combine(borders, Arbitraries.longs().between(-2, 2))
        .as(Long::sum);
  }

  private static boolean passes(Runnable check) {
    try {
      check.run();
      return true;
    } catch (OutOfBounds _) {
      return false;
    }
  }
}
