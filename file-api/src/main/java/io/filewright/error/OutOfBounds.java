package io.filewright.error;

/// A range does not lie inside the region: a mistake of the program, hence unchecked.
public final class OutOfBounds extends IndexOutOfBoundsException {

  private static final long serialVersionUID = 1L;

  private OutOfBounds(String message) {
    super(message);
  }

  /// Checks `0 <= from <= to <= byteSize`; an empty range is inside.
  ///
  /// @throws OutOfBounds if it does not hold
  public static void checkRange(long from, long to, long byteSize) {
    if (from < 0 || to < from || to > byteSize) {
      throw new OutOfBounds(
          "Range [" + from + ", " + to + ") is not inside a region of " + byteSize + " bytes.");
    }
  }

  /// Checks `0 <= offset <= byteSize`: whether something can begin there.
  ///
  /// @throws OutOfBounds if it does not hold
  public static void checkOffset(long offset, long byteSize) {
    if (offset < 0 || offset > byteSize) {
      throw new OutOfBounds(
          "Offset " + offset + " is not inside a region of " + byteSize + " bytes.");
    }
  }

  /// Checks that `size` bytes from `offset` on lie inside `byteSize`, without overflow.
  ///
  /// @throws OutOfBounds if they do not
  public static void checkSize(long offset, long size, long byteSize) {
    if (offset < 0 || size < 0 || offset > byteSize - size) {
      throw new OutOfBounds(
          size
              + " bytes at offset "
              + offset
              + " are not inside a region of "
              + byteSize
              + " bytes.");
    }
  }
}
