package io.filewright.command;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads RFC 8259 and nothing else: no stray byte, no duplicate name, no raw control character.
final class StrictJson {

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  private final String text;
  private int at;

  private StrictJson(String text) {
    this.text = text;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(String text) {
    var reader = new StrictJson(text);
    Object value = reader.value();
    if (reader.at != text.length()) {
      throw reader.error("text behind the value");
    }
    return (Map<String, Object>) value;
  }

  private Object value() {
    return switch (peek()) {
      case '{' -> members();
      case '[' -> elements();
      case '"' -> string();
      case 't' -> literal("true", true);
      case 'f' -> literal("false", false);
      case 'n' -> literal("null", null);
      default -> number();
    };
  }

  private Map<String, Object> members() {
    var members = new LinkedHashMap<String, Object>();
    expect('{');
    while (peek() != '}') {
      String name = string();
      expect(':');
      if (members.containsKey(name)) {
        throw error("a second " + name);
      }
      members.put(name, value());
      separator('}');
    }
    expect('}');
    return members;
  }

  private List<Object> elements() {
    var elements = new ArrayList<>();
    expect('[');
    while (peek() != ']') {
      elements.add(value());
      separator(']');
    }
    expect(']');
    return elements;
  }

  private void separator(char end) {
    if (peek() != end) {
      expect(',');
      if (peek() == end) {
        throw error("a comma before the end");
      }
    }
  }

  private String string() {
    var value = new StringBuilder();
    expect('"');
    while (text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c < 0x20) {
        throw error("a raw control character");
      }
      value.append(c == '\\' ? escaped() : c);
    }
    at++;
    return value.toString();
  }

  private char escaped() {
    char c = text.charAt(at++);
    if (c == 'u') {
      at += 4;
      return (char) Integer.parseInt(text, at - 4, at, 16);
    }
    int known = "\"\\/bfnrt".indexOf(c);
    if (known < 0) {
      throw error("an unknown escape");
    }
    return "\"\\/\b\f\n\r\t".charAt(known);
  }

  private Object number() {
    var matcher = NUMBER.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw error("no value");
    }
    at = matcher.end();
    return new BigDecimal(matcher.group());
  }

  private Object literal(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw error("no value");
    }
    at += word.length();
    return value;
  }

  private char peek() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private void expect(char c) {
    if (peek() != c) {
      throw error("no " + c);
    }
    at++;
  }

  private IllegalArgumentException error(String what) {
    return new IllegalArgumentException(what + " at " + at + " of " + text);
  }
}
