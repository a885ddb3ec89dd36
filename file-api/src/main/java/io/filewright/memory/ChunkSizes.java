package io.filewright.memory;

/// How large chunks should be: a function of what is there.
///
/// ```
///   quarter = available / 4
///   ideal   = clamp(quarter / recordBytes, 100,000, 10,000,000) records
///   size    = ideal, but at most a quarter, at most the whole, at least 64 KiB
/// ```
///
/// rounded down to whole records, at least one. A quarter, so that one chunk can be read while two
/// are processed and a fourth is written. When memory is short the size falls with what is
/// available, record by record, down to 64 KiB.
public final class ChunkSizes {

  /// What a chunk should hold at least, memory permitting.
  public static final long LEAST_RECORDS = 100_000;

  /// What a chunk holds at most: more only makes progress and cancelling coarse.
  public static final long MOST_RECORDS = 10_000_000;

  /// What a chunk has even on a starved machine, in bytes, unless that is more than the whole.
  public static final long LEAST_BYTES = 64L << 10;

  private static final int PARTS = 4;

  private ChunkSizes() {}

  /// The size of a chunk, in bytes: a multiple of `recordBytes`, one record at least. It never
  /// falls when more is available or there is more to process.
  ///
  /// @param availableBytes that may be taken, at least 0
  /// @param totalBytes of all that is to be processed, at least 0
  /// @param recordBytes of one record, at least 1
  public static long optimal(long availableBytes, long totalBytes, long recordBytes) {
    if (availableBytes < 0 || totalBytes < 0 || recordBytes < 1) {
      throw new IllegalArgumentException(
          availableBytes + " available, " + totalBytes + " in all, " + recordBytes + " a record");
    }
    long quarter = availableBytes / PARTS;
    long records = Math.clamp(quarter / recordBytes, LEAST_RECORDS, MOST_RECORDS);
    long most = Math.max(LEAST_BYTES, Math.min(quarter, totalBytes));
    return Math.max(1, Math.min(records, most / recordBytes)) * recordBytes;
  }
}
