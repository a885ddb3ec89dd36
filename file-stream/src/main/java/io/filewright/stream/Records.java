package io.filewright.stream;

import java.lang.foreign.MemorySegment;

/// Where one record ends and the next begins, so that no chunk cuts one in two.
public sealed interface Records {

  /// Bytes without records: chunks end wherever they are full.
  static Records none() {
    return new OfSize(1);
  }

  /// Records that end with a byte. What stands behind the last one is a record too.
  static Records delimitedBy(byte delimiter) {
    return new DelimitedBy(delimiter);
  }

  /// Lines: records that end with a line feed.
  static Records lines() {
    return delimitedBy((byte) '\n');
  }

  /// Records of one size, in bytes, from 1 to [ChunkSource#MAX_CHUNK_BYTES]. A file that ends
  /// within one is refused there.
  static Records ofSize(long byteSize) {
    return new OfSize(byteSize);
  }

  /// Records whose end only the caller knows, such as CSV rows with quoted line feeds. They are
  /// found from the file's beginning on, one chunk after the other, so such a file cannot be split.
  static Records endingWhere(BoundaryFinder finder) {
    return new EndingWhere(finder);
  }

  /// See [#delimitedBy].
  record DelimitedBy(byte delimiter) implements Records {}

  /// See [#ofSize].
  record OfSize(long byteSize) implements Records {
    public OfSize {
      Bounds.check("byteSize", byteSize, 1, ChunkSource.MAX_CHUNK_BYTES);
    }
  }

  /// See [#endingWhere].
  record EndingWhere(BoundaryFinder finder) implements Records {}

  /// Finds the end of records.
  @FunctionalInterface
  interface BoundaryFinder {

    /// Where the last record ends that is wholly there.
    ///
    /// @param memory begins at a record's first byte; read-only, dead after the call
    /// @return the offset behind that record's last byte; 0 if there is no whole record
    long lastEnd(MemorySegment memory);
  }
}
