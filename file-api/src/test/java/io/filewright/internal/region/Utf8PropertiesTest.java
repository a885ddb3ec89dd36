package io.filewright.internal.region;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.error.FileException;
import io.filewright.error.InvalidUtf8;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Strict decoding accepts and refuses what the JDK's decoder does under REPORT.
class Utf8PropertiesTest {

  @Property
  void decodesLikeTheReportingDecoder(@ForAll("bytes") byte[] bytes) throws FileException {
    var output = CharBuffer.allocate(bytes.length + 1);
    var input = ByteBuffer.wrap(bytes);
    CoderResult expected =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(input, output, true);
    if (expected.isError()) {
      assertThatThrownBy(() -> decode(bytes))
          .isInstanceOfSatisfying(
              InvalidUtf8.class, e -> assertThat(e.byteOffset()).hasValue(1000 + input.position()));
    } else {
      assertThat(decode(bytes)).isEqualTo(output.flip().toString());
    }
  }

  /// Mostly valid text, cut and joined at random, with the bytes that matter thrown in.
  @Provide
  Arbitrary<byte[]> bytes() {
    Arbitrary<byte[]> text =
        Arbitraries.of("a", "\u00E9", "\u20AC", "\uD83D\uDE00", "\uFFFD")
            .map(s -> s.getBytes(UTF_8));
    Arbitrary<byte[]> raw =
        Arbitraries.of(0x80, 0xBF, 0xC0, 0xC1, 0xC3, 0xE0, 0xE2, 0xED, 0xF0, 0xF4, 0xF5, 0xFF, 0xA0)
            .map(b -> new byte[] {b.byteValue()});
    return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(9, text), net.jqwik.api.Tuple.of(1, raw))
        .list()
        .ofMaxSize(12)
        .map(
            parts -> {
              var joined = new java.io.ByteArrayOutputStream();
              parts.forEach(joined::writeBytes);
              return joined.toByteArray();
            });
  }

  /// Surrounded by other bytes, which must not matter.
  private static String decode(byte[] bytes) throws FileException {
    var padded = new byte[bytes.length + 2];
    padded[0] = (byte) 0xC3;
    padded[padded.length - 1] = (byte) 0xA9;
    System.arraycopy(bytes, 0, padded, 1, bytes.length);
    return Utf8.decode(padded, 1, bytes.length, Path.of("x"), 1000);
  }
}
