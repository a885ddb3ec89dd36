package io.filewright.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.InvalidUtf8;
import io.filewright.error.TooLarge;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// Text: strict UTF-8, and lines.
abstract class TextContract extends ContractFixture {

  /// The line reader's buffer, in bytes.
  private static final int BUFFER = 64 << 10;

  @ParameterizedTest
  @CsvFileSource(resources = "/io/filewright/spec/utf8-cases.csv", useHeadersInDisplayName = true)
  void decodesAsTheTableSays(String bytes, String text, String error) throws Exception {
    byte[] content = bytes.equals("-") ? new byte[0] : HexFormat.of().parseHex(bytes);
    var path = files.write("text", content);
    try (var region = region(path, OpenOptions.readOnly())) {
      if (error.equals("-")) {
        assertThat(region.asString()).isEqualTo(text(text));
        return;
      }
      long offset = Long.parseLong(error);
      assertThatThrownBy(region::asString)
          .isInstanceOfSatisfying(
              InvalidUtf8.class, e -> assertThat(e.byteOffset()).hasValue(offset))
          .hasMessageStartingWith("[" + path + "] decode(offset=" + offset + ", size=")
          .hasMessageEndingWith(
              "): the bytes are not UTF-8. Check the file's encoding, or read its bytes and decode"
                  + " them with another one.");
      try (Stream<String> lines = region.lines()) {
        assertThatThrownBy(lines::toList)
            .isInstanceOf(UncheckedIOException.class)
            .cause()
            .isInstanceOfSatisfying(
                InvalidUtf8.class, e -> assertThat(e.byteOffset()).hasValue(offset));
      }
    }
  }

  @Test
  void offsetsOfErrorsCountFromTheFilesStart() throws Exception {
    byte[] content = "one\ntwo\nthr\u00E9e\nfour\n".getBytes(UTF_8);
    content[content.length - 2] = (byte) 0xFF;
    long place = content.length - 2L;
    try (var region = region(files.write("text", content), MAPPED.withRange(1, content.length));
        var slice = region.slice(4, region.byteSize());
        Stream<String> lines = slice.lines()) {
      assertThatThrownBy(slice::asString)
          .isInstanceOfSatisfying(
              InvalidUtf8.class, e -> assertThat(e.byteOffset()).hasValue(place));
      assertThatThrownBy(lines::toList)
          .cause()
          .isInstanceOfSatisfying(
              InvalidUtf8.class, e -> assertThat(e.byteOffset()).hasValue(place));
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/io/filewright/spec/line-cases.csv", useHeadersInDisplayName = true)
  void cutsLinesAsTheTableSays(String text, String lines) throws Exception {
    String[] expected = unescaped(lines).isEmpty() ? new String[0] : cut(unescaped(lines));
    for (boolean map : new boolean[] {true, false}) {
      byte[] content = unescaped(text).getBytes(UTF_8);
      try (var region = map && content.length > 0 ? mapped(content) : copied(content)) {
        assertThat(lines(region)).containsExactly(expected);
      }
    }
  }

  @Test
  void cutsLinesThatAreLongerThanTheBuffer() throws Exception {
    String[] expected = {
      "a".repeat(BUFFER - 1),
      "b".repeat(BUFFER),
      "c".repeat(BUFFER + 1),
      "d".repeat(5 * BUFFER),
      "",
      "e".repeat(3)
    };
    try (var region = mapped(String.join("\r\n", expected).getBytes(UTF_8))) {
      assertThat(lines(region)).containsExactly(expected);
    }
  }

  @Test
  void cutsLinesWhoseCharactersLieAcrossBuffers() throws Exception {
    for (int shift = 0; shift < 5; shift++) {
      String[] expected = {"x".repeat(shift) + "\uD83D\uDE00\u20AC\u00E9".repeat(40_000), "end"};
      try (var region = mapped(String.join("\n", expected).getBytes(UTF_8))) {
        assertThat(lines(region)).containsExactly(expected);
      }
    }
  }

  @Test
  void refusesALineOverTheLimitAndNamesItsStart() throws Exception {
    byte[] content = "one\nthree\r\nseven..\nnine".getBytes(UTF_8);
    var path = files.write("text", content);
    try (var region = region(path, MAPPED.withRange(1, content.length));
        Stream<String> enough = region.lines(7);
        Stream<String> lines = region.lines(6)) {
      assertThat(enough).containsExactly("ne", "three", "seven..", "nine");
      Iterator<String> read = lines.iterator();
      assertThat(read.next()).isEqualTo("ne");
      assertThat(read.next()).isEqualTo("three");
      assertThatThrownBy(read::next)
          .isInstanceOf(UncheckedIOException.class)
          .cause()
          .isInstanceOf(TooLarge.class)
          .hasMessage(
              "[%s] lines(offset=11): the line that begins here is longer than 6 bytes. Allow longer lines (lines(maxLineBytes)), or read the file by chunks."
                  .formatted(path));
      assertThatThrownBy(() -> region.lines(-1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("maxLineBytes: -1");
    }
  }

  @Test
  void refusesALineThatCouldFillTheHeap() throws Exception {
    var path = files.sparse("endless", 8L << 40);
    try (var region = region(path, OpenOptions.readOnly().withPrefault(Prefault.NONE));
        Stream<String> lines = region.lines()) {
      assertThatThrownBy(lines::toList)
          .isInstanceOf(UncheckedIOException.class)
          .cause()
          .isInstanceOf(TooLarge.class)
          .hasMessage(
              "[%s] lines(offset=0): the line that begins here is longer than 67108864 bytes. Allow longer lines (lines(maxLineBytes)), or read the file by chunks."
                  .formatted(path));
    }
  }

  @Test
  void linesOutliveTheRegion() throws Exception {
    var region = mapped("one\ntwo\n".repeat(20_000).getBytes(UTF_8));
    try (Stream<String> lines = region.lines()) {
      region.close();
      assertThat(runtime.stats().activeRegions()).isEqualTo(1);
      assertThat(lines.count()).isEqualTo(40_000);
    }
    assertThat(runtime.stats().activeRegions()).isZero();
  }

  private static List<String> lines(MmapRegion region) {
    try (Stream<String> lines = region.lines()) {
      return lines.toList();
    }
  }

  private static String text(String codePoints) {
    return codePoints.equals("-")
        ? ""
        : Arrays.stream(codePoints.split(" "))
            .map(hex -> Character.toString(Integer.parseInt(hex, 16)))
            .collect(Collectors.joining());
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n").replace("\\r", "\r").replace("|", "");
  }

  /// Each line is ended by a semicolon.
  private static String[] cut(String lines) {
    return lines.substring(0, lines.length() - 1).split(";", -1);
  }
}
