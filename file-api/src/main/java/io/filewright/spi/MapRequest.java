package io.filewright.spi;

/// A range of a file to map for reading. It lies inside the file as far as anyone knows: the caller
/// has compared it with the file's size just before.
///
/// @param byteOffset where it begins, in bytes; need not be aligned
/// @param byteSize its size, in bytes, at least 1
public record MapRequest(long byteOffset, long byteSize) {

  public MapRequest {
    if (byteOffset < 0 || byteSize < 1) {
      throw new IllegalArgumentException(byteSize + " bytes at offset " + byteOffset);
    }
  }
}
