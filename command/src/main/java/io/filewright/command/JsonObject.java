package io.filewright.command;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A JSON object on one line, its members in the order in which they were put.
///
/// Whatever a terminal could take for a command is escaped, and so are surrogates without their
/// partner: a file name cannot break the line, the parser or the screen.
final class JsonObject {

  private static final HexFormat HEX = HexFormat.of();

  private final StringBuilder text = new StringBuilder("{");

  /// Adds a member.
  ///
  /// @param value null, a string, a boolean, an int, a long, a [BigDecimal], an object, or a list
  ///   of those
  JsonObject put(String name, @Nullable Object value) {
    if (text.length() > 1) {
      text.append(", ");
    }
    string(name);
    text.append(": ");
    value(value);
    return this;
  }

  /// Adds a file's path as `path`, and its bytes if that text does not tell them all.
  JsonObject put(Path path) {
    put("path", path.toString());
    PathBytes.ifNotText(path).ifPresent(bytes -> put("pathBytes", HEX.formatHex(bytes)));
    return this;
  }

  @Override
  public String toString() {
    return text + "}";
  }

  private void value(@Nullable Object value) {
    switch (value) {
      case null -> text.append("null");
      case String s -> string(s);
      case BigDecimal d -> text.append(d.toPlainString());
      case List<?> list -> list(list);
      case Boolean _, Integer _, Long _, JsonObject _ -> text.append(value);
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }

  private void list(List<?> values) {
    String separator = "";
    text.append('[');
    for (Object value : values) {
      text.append(separator);
      value(value);
      separator = ", ";
    }
    text.append(']');
  }

  private void string(String value) {
    text.append('"');
    value.codePoints().forEach(this::codePoint);
    text.append('"');
  }

  private void codePoint(int c) {
    if (c == '"' || c == '\\') {
      text.append('\\').append((char) c);
    } else if (isPrintable(c)) {
      text.appendCodePoint(c);
    } else {
      for (char unit : Character.toChars(c)) {
        text.append("\\u").append(HEX.toHexDigits(unit));
      }
    }
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
