package io.filewright;

/// A part of a file.
///
/// @param from its first byte's offset, at least 0
/// @param to the offset behind its last byte; [#END_OF_FILE] for wherever the file ends when it is
///   opened
public record ByteRange(long from, long to) {

  /// Wherever the file ends when it is opened.
  public static final long END_OF_FILE = Long.MAX_VALUE;

  /// All of a file.
  public static final ByteRange ALL = new ByteRange(0, END_OF_FILE);

  public ByteRange {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("not a range: [" + from + ", " + to + ")");
    }
  }
}
