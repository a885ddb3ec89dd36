package io.filewright.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a `Range` header asks for, of a file of a size.
sealed interface ByteRanges {

  /// More ranges than that are taken for an attempt to make the answer dear: all is sent instead.
  int MOST = 16;

  /// All of it: nothing else is asked for, or nothing that is understood.
  record Whole() implements ByteRanges {}

  /// Nothing of what is asked for exists (416).
  record Unsatisfiable() implements ByteRanges {}

  /// Parts, in the order in which they are asked for; at least one.
  record Parts(List<Part> parts) implements ByteRanges {

    public Parts {
      parts = List.copyOf(parts);
    }
  }

  /// The bytes `[from, to)`.
  record Part(long from, long to) {

    long byteSize() {
      return to - from;
    }
  }

  /// Reads a header.
  ///
  /// @param header its value, such as `bytes=0-499, -1`
  static ByteRanges parse(String header, long byteSize) {
    if (!header.regionMatches(true, 0, "bytes=", 0, 6)) {
      return new Whole();
    }
    List<String> wanted = elements(header.substring(6));
    if (wanted.isEmpty() || wanted.size() > MOST) {
      return new Whole();
    }
    var parts = new ArrayList<Part>();
    long sum = 0;
    for (String range : wanted) {
      int dash = range.indexOf('-');
      if (dash < 0) {
        return new Whole();
      }
      try {
        Part part = part(range.substring(0, dash), range.substring(dash + 1), byteSize);
        if (part.from() < part.to()) {
          parts.add(part);
          sum += part.byteSize();
        }
      } catch (NumberFormatException _) {
        return new Whole();
      }
    }
    if (parts.isEmpty()) {
      return new Unsatisfiable();
    }
    return sum > byteSize ? new Whole() : new Parts(parts); // else they overlap
  }

  /// @return empty, with from = to, if there are no such bytes
  /// @throws NumberFormatException if it is no range
  private static Part part(String first, String last, long byteSize) {
    if (first.isEmpty()) {
      long count = Math.min(number(last), byteSize);
      return new Part(byteSize - count, byteSize);
    }
    long from = number(first);
    long to = last.isEmpty() ? Long.MAX_VALUE : number(last);
    if (to < from) {
      throw new NumberFormatException("backwards");
    }
    return from >= byteSize
        ? new Part(byteSize, byteSize)
        : new Part(from, Math.min(to, byteSize - 1) + 1);
  }

  /// Of a list; empty ones do not count (RFC 9110, 5.6.1.2).
  private static List<String> elements(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(element -> !element.isEmpty())
        .toList();
  }

  /// A position may have any number of digits; no file has as many bytes as fit into a `long`.
  private static long number(String digits) {
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new NumberFormatException(digits);
    }
    int first = 0;
    while (first < digits.length() - 1 && digits.charAt(first) == '0') {
      first++;
    }
    return digits.length() - first > 18
        ? Long.MAX_VALUE
        : Long.parseLong(digits, first, digits.length(), 10);
  }
}
