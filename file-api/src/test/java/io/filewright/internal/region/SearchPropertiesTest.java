package io.filewright.internal.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.error.FileException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// The search across blocks finds what a search of one array finds. Few letters, so that patterns
/// overlap with themselves.
class SearchPropertiesTest {

  @Property
  void findsWhatANaiveSearchFinds(
      @ForAll @Size(max = 60) @ByteRange(min = -1, max = 1) byte[] text,
      @ForAll @Size(max = 6) @ByteRange(min = -1, max = 1) byte[] pattern,
      @ForAll @IntRange(min = 1, max = 20) int blockBytes,
      @ForAll @IntRange(max = 60) int from)
      throws FileException {
    int start = Math.min(from, text.length);
    long found = Search.indexOf(new ArrayMemory(text, blockBytes), pattern, start, text.length);
    assertThat(found).isEqualTo(naive(text, pattern, start));
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
