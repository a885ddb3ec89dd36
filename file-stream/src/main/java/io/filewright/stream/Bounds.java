package io.filewright.stream;

/// Refuses sizes and numbers that make no sense, or would overflow, where they are given.
final class Bounds {

  private Bounds() {}

  /// The value itself.
  ///
  /// @param name what the caller calls it
  /// @throws IllegalArgumentException if it is not in `[least, most]`
  static long check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s: %d; it must be from %d to %d".formatted(name, value, least, most));
    }
    return value;
  }
}
