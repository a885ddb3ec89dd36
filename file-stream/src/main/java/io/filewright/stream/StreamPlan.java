package io.filewright.stream;

import io.filewright.error.FileException;

/// A source as a configuration wants it, and how many threads take it through.
///
/// @param size of all of it
record StreamPlan<B>(BatchSource<B> source, int workers, SourceSize size) {

  private static final int PARTS = 4;

  static <B> StreamPlan<B> of(BatchSource<B> given, StreamConfig config) throws FileException {
    BatchSource<B> source = config.memoryLimit().map(given::chargedTo).orElse(given);
    SourceSize size = source.size();
    boolean direct =
        switch (config.mode()) {
          case DIRECT -> true;
          case STREAM -> false;
          case AUTO -> isSmall(size, config);
        };
    if (direct) {
      return new StreamPlan<>(source.inBatchesOf(wholeBytes(size)), 1, size);
    }
    long batchBytes = config.chunkSize().orElseGet(size::usualBatchBytes);
    return new StreamPlan<>(source.inBatchesOf(batchBytes), config.workers(), size);
  }

  /// A file that is larger than its chunks costs more directly, see [StreamConfig].
  private static boolean isSmall(SourceSize size, StreamConfig config) {
    if (size.bytes().isEmpty()) {
      return false;
    }
    long bytes = size.bytes().getAsLong();
    return bytes / size.recordBytes() <= config.threshold()
        && bytes <= size.budget().availableBytes() / PARTS
        && (size.batchBytes() == 0 || bytes <= size.batchBytes());
  }

  private static long wholeBytes(SourceSize size) {
    return Math.clamp(
        size.bytes().orElseGet(size::usualBatchBytes), 1, ChunkSource.MAX_CHUNK_BYTES);
  }
}
