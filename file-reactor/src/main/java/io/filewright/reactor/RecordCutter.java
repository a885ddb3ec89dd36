package io.filewright.reactor;

import io.filewright.error.FileException;
import io.filewright.scan.ByteScan;
import io.filewright.stream.Chunk;
import io.filewright.stream.ChunkSource;
import java.lang.foreign.MemorySegment;

/// Cuts the records out of a chunk, of which it holds a copy: one thread at a time.
///
/// @param <T> what is made of a record
final class RecordCutter<T> {

  /// An array for a longer chunk, as for a long record, is not kept for the next one.
  private static final int KEPT_BYTES = Math.toIntExact(2 * ChunkSource.DEFAULT_CHUNK_BYTES);

  private final byte delimiter;
  private final RecordFunction<T> function;
  private byte[] bytes = {};
  private int at;
  private int end;
  private long byteOffset;

  /// Makes something of a record.
  ///
  /// @param <T> what it makes
  @FunctionalInterface
  interface RecordFunction<T> {

    /// Called for one record after the other of a chunk, for those of other chunks on other threads
    /// meanwhile.
    ///
    /// @param bytes reused after the call
    /// @param to behind the byte that ends the record, or behind the last byte of a file that does
    ///   not end with it
    /// @param fileOffset of the record's first byte
    T apply(byte[] bytes, int from, int to, long fileOffset) throws FileException;
  }

  RecordCutter(byte delimiter, RecordFunction<T> function) {
    this.delimiter = delimiter;
    this.function = function;
  }

  /// Takes another chunk, which may be closed behind it.
  ///
  /// @return this
  RecordCutter<T> load(Chunk chunk) throws FileException {
    int byteSize = Math.toIntExact(chunk.byteSize());
    if (bytes.length < byteSize || bytes.length > KEPT_BYTES) {
      bytes = new byte[byteSize];
    }
    chunk.copyTo(MemorySegment.ofArray(bytes));
    at = 0;
    end = byteSize;
    byteOffset = chunk.byteOffset();
    return this;
  }

  boolean hasNext() {
    return at < end;
  }

  /// What is made of the next record, if there is one.
  T next() throws FileException {
    int from = at;
    int found = ByteScan.indexOf(bytes, delimiter, from, end);
    at = found < 0 ? end : found + 1;
    return function.apply(bytes, from, at, byteOffset + from);
  }
}
