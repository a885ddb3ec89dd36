package io.filewright.internal.region;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.error.TooLarge;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// The lines are those of `String.split`, also when they lie across the reader's buffer.
class LinePropertiesTest {

  private static final int BUFFER = 64 << 10;

  @Property
  void cutsLikeSplit(
      @ForAll("texts") String text, @ForAll @IntRange(max = 12) int beforeTheBorder) {
    assertSame(text);
    assertSame("x".repeat(BUFFER - beforeTheBorder) + text);
  }

  /// A limit that the longest line just keeps changes nothing, and one less refuses that line.
  @Property
  void refusesLinesByTheirBytesWithoutTheEnd(
      @ForAll("texts") String text, @ForAll @IntRange(max = 12) int beforeTheBorder) {
    assertLimit(text);
    assertLimit("x".repeat(BUFFER - beforeTheBorder) + text);
  }

  private static void assertLimit(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    List<String> expected = expected(text);
    int longest = expected.stream().mapToInt(line -> line.getBytes(UTF_8).length).max().orElse(0);
    var lines = new ArrayList<String>();
    lines(bytes, longest).forEachRemaining(lines::add);
    assertThat(lines).isEqualTo(expected);
    if (longest > 0) {
      assertThatThrownBy(() -> lines(bytes, longest - 1).forEachRemaining(_ -> {}))
          .isInstanceOf(UncheckedIOException.class)
          .hasCauseInstanceOf(TooLarge.class);
    }
  }

  private static LineIterator lines(byte[] bytes, long maxLineBytes) {
    return new LineIterator(
        new ArrayMemory(bytes, 1),
        0,
        bytes.length,
        maxLineBytes,
        new Lifetime(() -> {}),
        Revocation.NEVER);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "\n", "\r", "\r\n", "\u00E9", "\u20AC", "\uD83D\uDE00", "")
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }

  private static void assertSame(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    var lines = new ArrayList<String>();
    lines(bytes, bytes.length).forEachRemaining(lines::add);
    assertThat(lines).isEqualTo(expected(text));
  }

  private static List<String> expected(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    var lines = new ArrayList<>(List.of(text.split("\n", -1)));
    for (int i = 0; i < lines.size() - 1; i++) {
      String line = lines.get(i);
      lines.set(i, line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }
    if (text.endsWith("\n")) {
      lines.removeLast();
    }
    return lines;
  }
}
