package io.filewright.server;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A time as HTTP writes it.
///
/// @param second since 1970
/// @param text such as `Sun, 06 Nov 1994 08:49:37 GMT`
record HttpDate(long second, String text) {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private static volatile HttpDate latest = at(0);

  /// The text of this second, which many responses share.
  static String now() {
    long second = System.currentTimeMillis() / 1_000;
    HttpDate date = latest;
    if (date.second != second) {
      date = at(second);
      latest = date;
    }
    return date.text;
  }

  static String of(Instant time) {
    return at(time.getEpochSecond()).text;
  }

  private static HttpDate at(long second) {
    return new HttpDate(second, FORMAT.format(Instant.ofEpochSecond(second)));
  }
}
