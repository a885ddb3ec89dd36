package io.filewright.spi;

/// A range of a file to map. It lies inside the file as far as anyone knows: the caller has
/// compared it with the file's size just before.
///
/// @param byteOffset where it begins, in bytes; need not be aligned
/// @param byteSize its size, in bytes, at least 1
/// @param protection what may be done with the memory
public record MapRequest(long byteOffset, long byteSize, MapProtection protection) {

  public MapRequest {
    if (byteOffset < 0 || byteSize < 1) {
      throw new IllegalArgumentException(byteSize + " bytes at offset " + byteOffset);
    }
  }

  /// A range to map for reading.
  public static MapRequest forReading(long byteOffset, long byteSize) {
    return new MapRequest(byteOffset, byteSize, MapProtection.READ_ONLY);
  }
}
