package io.filewright.memory;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class ChunkSizesPropertiesTest {

  private static final long MOST = 1L << 50;

  @Property
  void isOfWholeRecordsAndWithinItsBounds(
      @ForAll @LongRange(max = MOST) long available,
      @ForAll @LongRange(max = MOST) long total,
      @ForAll @IntRange(min = 1, max = 1 << 20) int record) {
    long size = ChunkSizes.optimal(available, total, record);

    assertThat(size % record).isZero();
    assertThat(size)
        .isBetween((long) record, ChunkSizes.MOST_RECORDS * record)
        .isLessThanOrEqualTo(Math.max(record, Math.max(available / 4, ChunkSizes.LEAST_BYTES)));
  }

  @Property
  void neverFallsWhenThereIsMore(
      @ForAll @LongRange(max = MOST) long available,
      @ForAll @LongRange(max = MOST) long more,
      @ForAll @LongRange(max = MOST) long total,
      @ForAll @IntRange(min = 1, max = 1 << 20) int record) {
    long size = ChunkSizes.optimal(available, total, record);
    assertThat(ChunkSizes.optimal(available + more, total, record)).isGreaterThanOrEqualTo(size);
    assertThat(ChunkSizes.optimal(available, total + more, record)).isGreaterThanOrEqualTo(size);
  }

  @Property
  void fallsRecordByRecordWhenMemoryIsShort(
      @ForAll @LongRange(min = 4 * (64 << 10), max = 100_000_000) long available) {
    long size = ChunkSizes.optimal(available, MOST, 1000);
    assertThat(ChunkSizes.optimal(available - 1, MOST, 1000)).isBetween(size - 1000, size);
  }

  @Example
  void knownSizes() {
    long gibibyte = 1L << 30;
    assertThat(ChunkSizes.optimal(gibibyte, MOST, 15)).isEqualTo(10_000_000 * 15);
    assertThat(ChunkSizes.optimal(gibibyte, MOST, 200)).isEqualTo(gibibyte / 4 / 200 * 200);
    assertThat(ChunkSizes.optimal(0, MOST, 100)).isEqualTo((64 << 10) / 100 * 100);
    assertThat(ChunkSizes.optimal(0, 0, 1 << 20)).as("at least one record").isEqualTo(1 << 20);
  }
}
