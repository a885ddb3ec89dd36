package io.filewright.reactor;

import io.filewright.error.FileException;
import io.filewright.reactor.RecordCutter.RecordFunction;
import io.filewright.stream.ChunkSource;

/// The records of a file that end with a byte, without that byte. What stands behind the last one
/// is a record too, unless it is empty.
///
/// @param chunks each of which holds whole records
/// @param delimiter ends each record but perhaps the last
/// @param function makes the elements of them
/// @param <T> the elements
record RecordSource<T>(ChunkSource chunks, byte delimiter, RecordFunction<T> function) {

  Chunks open() throws FileException, InterruptedException {
    return Chunks.open(chunks);
  }

  RecordCutter<T> cutter() {
    return new RecordCutter<>(delimiter, function);
  }
}
