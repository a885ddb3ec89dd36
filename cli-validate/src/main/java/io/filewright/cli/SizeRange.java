package io.filewright.cli;

/// How large a file may be.
///
/// @param least the smallest size that is accepted, in bytes
/// @param most the largest, in bytes
public record SizeRange(long least, long most) {

  /// Any size.
  public static final SizeRange ANY = new SizeRange(0, Long.MAX_VALUE);

  public SizeRange {
    if (least < 0 || most < least) {
      throw new IllegalArgumentException("sizes from " + least + " to " + most);
    }
  }
}
