package io.filewright.server;

import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a conditional request comes to, in the order of RFC 9110, section 13.2.2.
enum Preconditions {
  /// Send it.
  MET,
  /// The client has it already (304).
  NOT_MODIFIED,
  /// It is not what the client takes it for (412).
  FAILED;

  /// @param headers of a GET or HEAD request
  static Preconditions of(HttpHeaders headers, String entityTag, Instant modified) {
    List<String> match = headers.getAll(HttpHeaderNames.IF_MATCH);
    if (!match.isEmpty()) {
      if (!names(match, entityTag, false)) {
        return FAILED;
      }
    } else if (isAfter(modified, headers.get(HttpHeaderNames.IF_UNMODIFIED_SINCE))) {
      return FAILED;
    }
    List<String> noneMatch = headers.getAll(HttpHeaderNames.IF_NONE_MATCH);
    if (!noneMatch.isEmpty()) {
      return names(noneMatch, entityTag, true) ? NOT_MODIFIED : MET;
    }
    Optional<Instant> since = date(headers.get(HttpHeaderNames.IF_MODIFIED_SINCE));
    return since.isPresent() && !seconds(modified).isAfter(since.get()) ? NOT_MODIFIED : MET;
  }

  /// Whether a range may be sent: there is no `If-Range`, or it names what is here. A date does
  /// only if its second is over: until then the file may change without changing its date.
  static boolean allowRange(HttpHeaders headers, String entityTag, Instant modified, Instant now) {
    String condition = headers.get(HttpHeaderNames.IF_RANGE);
    if (condition == null) {
      return true;
    }
    if (condition.startsWith("\"") || condition.startsWith("W/")) {
      return condition.equals(entityTag);
    }
    boolean isStrong = !seconds(modified).isAfter(seconds(now).minusSeconds(1));
    return isStrong && date(condition).filter(seconds(modified)::equals).isPresent();
  }

  private static boolean isAfter(Instant modified, @Nullable String date) {
    return date(date).filter(since -> seconds(modified).isAfter(since)).isPresent();
  }

  /// A date that cannot be read counts as none.
  private static Optional<Instant> date(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(DateFormatter::parseHttpDate).map(Date::toInstant);
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // too long for the parser
    }
  }

  /// A date of HTTP has no fractions.
  private static Instant seconds(Instant time) {
    return Instant.ofEpochSecond(time.getEpochSecond());
  }

  /// Whether a list of tags, on one line or several, has one, or is `*`.
  private static boolean names(List<String> lines, String entityTag, boolean weakly) {
    String list = String.join(",", lines);
    if (list.strip().equals("*")) {
      return true;
    }
    for (String one : list.split(",", -1)) {
      String tag = one.strip();
      if (tag.equals(entityTag)
          || (weakly && tag.startsWith("W/") && tag.substring(2).equals(entityTag))) {
        return true;
      }
    }
    return false;
  }
}
