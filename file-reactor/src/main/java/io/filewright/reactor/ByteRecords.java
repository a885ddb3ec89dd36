package io.filewright.reactor;

import io.filewright.error.FileException;
import io.filewright.scan.ByteScan;
import java.util.Arrays;

/// Records in bytes, found one by one.
///
/// @param <T> what is made of them
final class ByteRecords<T> implements Cut<T> {

  private final byte[] bytes;
  private final byte delimiter;
  private final Maker<T> maker;
  private int at;

  /// Makes something of a record.
  ///
  /// @param <T> what it makes
  @FunctionalInterface
  interface Maker<T> {

    /// Called for one record after the other.
    ///
    /// @param to where its content ends: with the bytes, or where the delimiter stands
    T make(byte[] bytes, int from, int to) throws FileException;
  }

  ByteRecords(byte[] bytes, byte delimiter, Maker<T> maker) {
    this.bytes = bytes;
    this.delimiter = delimiter;
    this.maker = maker;
  }

  /// Copies of them, without their delimiters.
  static Cutter<byte[]> copied(byte delimiter) {
    return (bytes, _) -> new ByteRecords<>(bytes, delimiter, Arrays::copyOfRange);
  }

  @Override
  public boolean hasNext() {
    return at < bytes.length;
  }

  @Override
  public T next() throws FileException {
    int from = at;
    int found = ByteScan.indexOf(bytes, delimiter, from, bytes.length);
    int to = found < 0 ? bytes.length : found;
    at = to + 1;
    return maker.make(bytes, from, to);
  }
}
