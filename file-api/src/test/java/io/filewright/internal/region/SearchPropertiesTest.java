package io.filewright.internal.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.error.FileException;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// The search across blocks finds what a search of one array finds. Two letters only, so that
/// patterns occur, and overlap with themselves.
class SearchPropertiesTest {

  @Property
  void findsWhatANaiveSearchFinds(
      @ForAll("texts") byte[] text,
      @ForAll("patterns") byte[] pattern,
      @ForAll @IntRange(min = 1, max = 20) int blockBytes,
      @ForAll @IntRange(max = 60) int from)
      throws FileException {
    int start = Math.min(from, text.length);
    long found = Search.indexOf(new ArrayMemory(text, blockBytes), pattern, start, text.length);
    assertThat(found).isEqualTo(naive(text, pattern, start));
  }

  @Provide
  Arbitrary<byte[]> texts() {
    return letters(60);
  }

  @Provide
  Arbitrary<byte[]> patterns() {
    return letters(6);
  }

  private static Arbitrary<byte[]> letters(int size) {
    return Arbitraries.of((byte) 'a', (byte) 0xFF).array(byte[].class).ofMaxSize(size);
  }

  private static long naive(byte[] text, byte[] pattern, int from) {
    for (int at = from; at <= text.length - pattern.length; at++) {
      if (Arrays.equals(text, at, at + pattern.length, pattern, 0, pattern.length)) {
        return at;
      }
    }
    return -1;
  }
}
