package io.filewright.reactor;

import io.filewright.error.FileException;
import io.filewright.scan.ByteScan;
import io.filewright.stream.Chunk;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.Records;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The records that end with a byte, without that byte. What stands behind the last one is a record
/// too, unless it is empty.
///
/// @param <T> what is made of them
final class RecordPass<T> implements Pass<T> {

  /// An array for a longer chunk, as for a long record, is not kept for the next one.
  private static final int KEPT_BYTES = Math.toIntExact(2 * ChunkSource.DEFAULT_CHUNK_BYTES);

  private final Chunks chunks;
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

    /// Called for one record after the other.
    ///
    /// @param bytes reused after the call
    /// @param to behind the byte that ends the record, or behind the last byte of a file that does
    ///   not end with it
    /// @param fileOffset of the record's first byte
    T apply(byte[] bytes, int from, int to, long fileOffset) throws FileException;
  }

  private RecordPass(Chunks chunks, byte delimiter, RecordFunction<T> function) {
    this.chunks = chunks;
    this.delimiter = delimiter;
    this.function = function;
  }

  static <T> RecordPass<T> open(ChunkSource source, byte delimiter, RecordFunction<T> function)
      throws FileException, InterruptedException {
    var records = source.withRecords(Records.delimitedBy(delimiter));
    return new RecordPass<>(Chunks.open(records), delimiter, function);
  }

  @Override
  public @Nullable T next() throws FileException {
    if (at == end && chunks.mapNext(this::load).isEmpty()) {
      return null;
    }
    int from = at;
    int found = ByteScan.indexOf(bytes, delimiter, from, end);
    at = found < 0 ? end : found + 1;
    return function.apply(bytes, from, at, byteOffset + from);
  }

  @Override
  public boolean isExhausted() {
    return at == end && chunks.isExhausted();
  }

  @Override
  public void close() {
    chunks.close();
  }

  private Chunk load(Chunk chunk) throws FileException {
    int byteSize = Math.toIntExact(chunk.byteSize());
    if (bytes.length < byteSize || bytes.length > KEPT_BYTES) {
      bytes = new byte[byteSize];
    }
    chunk.copyTo(MemorySegment.ofArray(bytes));
    at = 0;
    end = byteSize;
    byteOffset = chunk.byteOffset();
    return chunk;
  }
}
