package io.filewright.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Eight bytes at a time find what one at a time do, also of neighbours that carry and borrow.
class ByteScanPropertiesTest {

  @Property
  void findsAndCountsWhatALoopOverBytesDoes(
      @ForAll("bytes") byte[] bytes,
      @ForAll("wanted") byte wanted,
      @ForAll("bounds") int[] bounds) {
    int from = Math.min(bounds[0], bytes.length);
    int to = Math.clamp(bounds[1], from, bytes.length);
    int[] places = IntStream.range(from, to).filter(i -> bytes[i] == wanted).toArray();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      assertThat(ByteScan.indexOf(memory, wanted, from, to))
          .isEqualTo(places.length == 0 ? -1 : places[0]);
      assertThat(ByteScan.indexOf(bytes, wanted, from, to))
          .isEqualTo(places.length == 0 ? -1 : places[0]);
      assertThat(ByteScan.lastIndexOf(memory, wanted, from, to))
          .isEqualTo(places.length == 0 ? -1 : places[places.length - 1]);
      assertThat(ByteScan.count(memory.asSlice(from, to - from), wanted)).isEqualTo(places.length);
    }
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    return Arbitraries.of((byte) 0, (byte) 1, (byte) 0x0A, (byte) 0x0B, (byte) 0x80, (byte) 0xFF)
        .array(byte[].class)
        .ofMaxSize(40);
  }

  @Provide
  Arbitrary<Byte> wanted() {
    return Arbitraries.of((byte) 0, (byte) 0x0A, (byte) 0x80, (byte) 0xFF);
  }

  @Provide
  Arbitrary<int[]> bounds() {
    return Arbitraries.integers().between(0, 41).array(int[].class).ofSize(2);
  }
}
