package io.filewright.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreconditionsTest {

  private static final String TAG = "\"1\"";
  private static final Instant MODIFIED = Instant.parse("1994-11-06T08:49:37.5Z");
  private static final String BEFORE = "Sun, 06 Nov 1994 08:49:36 GMT";
  private static final String SAME = "Sun, 06 Nov 1994 08:49:37 GMT";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "If-None-Match|\"1\"|NOT_MODIFIED",
        "If-None-Match|\"0\", W/\"1\"|NOT_MODIFIED",
        "If-None-Match|*|NOT_MODIFIED",
        "If-None-Match|\"2\"|MET",
        "If-Match|\"1\"|MET",
        "If-Match|*|MET",
        "If-Match|W/\"1\"|FAILED",
        "If-Match|\"2\"|FAILED",
        "If-Modified-Since|Sun, 06 Nov 1994 08:49:37 GMT|NOT_MODIFIED",
        "If-Modified-Since|Sun, 06 Nov 1994 08:49:36 GMT|MET",
        "If-Modified-Since|yesterday|MET",
        "If-Unmodified-Since|Sun, 06 Nov 1994 08:49:37 GMT|MET",
        "If-Unmodified-Since|Sun, 06 Nov 1994 08:49:36 GMT|FAILED"
      })
  void decidesByOne(String name, String value, Preconditions expected) {
    assertThat(of(name, value)).isEqualTo(expected);
  }

  @Test
  void aTagCountsMoreThanADate() {
    assertThat(of("If-None-Match", "\"2\"", "If-Modified-Since", SAME))
        .isEqualTo(Preconditions.MET);
    assertThat(of("If-Match", TAG, "If-Unmodified-Since", BEFORE)).isEqualTo(Preconditions.MET);
  }

  @Test
  void aRangeIsOfWhatTheClientHas() {
    assertThat(allowsRange()).isTrue();
    assertThat(allowsRange("If-Range", TAG)).isTrue();
    assertThat(allowsRange("If-Range", "\"2\"")).isFalse();
    assertThat(allowsRange("If-Range", "W/\"1\"")).isFalse();
    assertThat(allowsRange("If-Range", SAME)).isTrue();
    assertThat(allowsRange("If-Range", BEFORE)).isFalse();
    assertThat(allowsRange("If-Range", "whatever")).isFalse();
  }

  @Test
  void aDateWhoseSecondIsNotOverTellsNothing() {
    HttpHeaders headers = headers("If-Range", SAME);
    Instant over = Instant.parse("1994-11-06T08:49:38Z");
    assertThat(Preconditions.allowRange(headers, TAG, MODIFIED, over)).isTrue();
    assertThat(Preconditions.allowRange(headers, TAG, MODIFIED, over.minusNanos(1))).isFalse();
  }

  @Test
  void allLinesOfTagsCount() {
    assertThat(of("If-None-Match", "\"2\"", "If-None-Match", "\"3\", W/\"1\""))
        .isEqualTo(Preconditions.NOT_MODIFIED);
    assertThat(of("If-Match", "\"2\"", "If-Match", TAG)).isEqualTo(Preconditions.MET);
    assertThat(of("If-Match", "\"2\"", "If-Match", "\"3\"")).isEqualTo(Preconditions.FAILED);
  }

  @Test
  void aDateThatCannotBeReadCountsAsNone() {
    String endless = "x".repeat(65);
    assertThat(of("If-Modified-Since", endless)).isEqualTo(Preconditions.MET);
    assertThat(of("If-Unmodified-Since", endless)).isEqualTo(Preconditions.MET);
    assertThat(allowsRange("If-Range", endless)).isFalse();
  }

  private static Preconditions of(String... pairs) {
    return Preconditions.of(headers(pairs), TAG, MODIFIED);
  }

  private static boolean allowsRange(String... pairs) {
    return Preconditions.allowRange(headers(pairs), TAG, MODIFIED, MODIFIED.plusSeconds(1));
  }

  private static HttpHeaders headers(String... pairs) {
    var headers = new DefaultHttpHeaders();
    for (int i = 0; i < pairs.length; i += 2) {
      headers.add(pairs[i], pairs[i + 1]);
    }
    return headers;
  }
}
