package io.filewright;

/// How much of a mapping is brought into memory before the region is ready.
///
/// Pages that are in can be evicted again; only [OpenOptions#withLockInMemory] keeps them.
public enum Prefault {
  /// Nothing: the first touch of each page waits for the disk.
  NONE,
  /// The first [#HEAD_BYTES].
  HEAD,
  /// Everything.
  ALL,
  /// Everything of a file of up to [#SMALL_BYTES], the head of a larger one. The default.
  AUTO;

  /// What `HEAD` brings in: 2 MiB, one chunk of the loader and one huge page.
  public static final long HEAD_BYTES = 2L << 20;

  /// What `AUTO` takes for small: 8 MiB, a few milliseconds of a cold disk.
  public static final long SMALL_BYTES = 8L << 20;

  /// How many bytes of a region of this size are brought in.
  public long bytesOf(long byteSize) {
    return switch (this) {
      case NONE -> 0;
      case HEAD -> Math.min(byteSize, HEAD_BYTES);
      case ALL -> byteSize;
      case AUTO -> byteSize <= SMALL_BYTES ? byteSize : HEAD_BYTES;
    };
  }
}
