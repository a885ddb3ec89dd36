package io.filewright.stream;

import io.filewright.memory.MemoryBudget;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// How a [StreamingProcessor] works.
///
/// Under [StreamMode#AUTO] a source is streamed if it has more than `threshold` records or more
/// than a quarter of the available memory. Whether it is or not, the results are the same.
///
/// Batches of what is in memory already hold `clamp(available / 4 / recordBytes, 100,000,
/// 10,000,000)` records ([io.filewright.memory.ChunkSizes]). Chunks of files are an exception:
/// [ChunkSource#DEFAULT_CHUNK_BYTES] (256 KiB) unless the source says otherwise, and only a file
/// that is no larger goes directly. They are read into memory that is used again and again, while
/// one large buffer is fresh memory, of which each page costs about 1.6 us on first touch, several
/// times as much as reading it.
///
/// @param workers threads that process batches, from 1 to [ChunkSource#MAX_IN_FLIGHT]; with 1 it is
///   the caller's
/// @param threshold how many records still go directly
/// @param chunkSize of a batch, in bytes, from 1 to [ChunkSource#MAX_CHUNK_BYTES], if it is not to
///   be what is said above
/// @param memoryLimit what buffers are charged to, if it is not to be the source's own budget
/// @param progress called with reports, see [ProgressMeter]
/// @param mode directly or streamed
public record StreamConfig(
    int workers,
    long threshold,
    OptionalLong chunkSize,
    Optional<MemoryBudget> memoryLimit,
    Optional<Consumer<? super Progress>> progress,
    StreamMode mode) {

  /// How many records go directly unless said otherwise.
  public static final long DEFAULT_THRESHOLD = 5_000_000;

  /// The part of a container's memory that all streams together take unless said otherwise.
  public static final double DEFAULT_MEMORY = 0.25;

  private static final StreamConfig DEFAULTS =
      new StreamConfig(
          1,
          DEFAULT_THRESHOLD,
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty(),
          StreamMode.AUTO);

  public StreamConfig {
    Bounds.check("workers", workers, 1, ChunkSource.MAX_IN_FLIGHT);
    Bounds.check("threshold", threshold, 0, Long.MAX_VALUE);
    Bounds.check("chunkSize", chunkSize.orElse(1), 1, ChunkSource.MAX_CHUNK_BYTES);
  }

  /// One worker, and all else as described above.
  public static StreamConfig defaults() {
    return DEFAULTS;
  }

  /// What streams of this process are charged to unless they have a budget of their own: a quarter
  /// of the container's memory ([MemoryBudget#ofContainer]).
  public static MemoryBudget processBudget() {
    return ProcessBudget.INSTANCE;
  }

  /// With so many threads.
  public StreamConfig withWorkers(int newWorkers) {
    return new StreamConfig(newWorkers, threshold, chunkSize, memoryLimit, progress, mode);
  }

  /// With so many records going directly.
  public StreamConfig withThreshold(long newThreshold) {
    return new StreamConfig(workers, newThreshold, chunkSize, memoryLimit, progress, mode);
  }

  /// With batches of so many bytes.
  public StreamConfig withChunkSize(long byteSize) {
    var newSize = OptionalLong.of(byteSize);
    return new StreamConfig(workers, threshold, newSize, memoryLimit, progress, mode);
  }

  /// With buffers charged to a budget.
  public StreamConfig withMemoryLimit(MemoryBudget budget) {
    var newLimit = Optional.of(budget);
    return new StreamConfig(workers, threshold, chunkSize, newLimit, progress, mode);
  }

  /// With a listener, called on the threads that [ProgressMeter] names. Records are counted where
  /// their number is known without a look at the bytes: those of arrays and iterators, and those of
  /// files that have one size ([Records#ofSize], of at least 2 bytes). Of others, such as lines,
  /// the count stays 0, and reports come by time.
  public StreamConfig withProgress(Consumer<? super Progress> listener) {
    Optional<Consumer<? super Progress>> newProgress = Optional.of(listener);
    return new StreamConfig(workers, threshold, chunkSize, memoryLimit, newProgress, mode);
  }

  /// Directly or streamed.
  public StreamConfig withMode(StreamMode newMode) {
    return new StreamConfig(workers, threshold, chunkSize, memoryLimit, progress, newMode);
  }

  private static final class ProcessBudget {
    static final MemoryBudget INSTANCE = MemoryBudget.ofContainer(DEFAULT_MEMORY);
  }
}
