package io.filewright.command;

import io.filewright.error.FileException;
import io.filewright.scan.ByteScan;
import io.filewright.stream.Chunk;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.Progress;
import io.filewright.stream.StreamConfig;
import io.filewright.stream.StreamMode;
import io.filewright.stream.StreamingProcessor;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One pass over a file by several threads; by one if a digest is asked for, which wants all bytes
/// in their order.
final class Scan {

  private final Optional<MessageDigest> digest;
  private final boolean countsLines;
  private final int workers;
  private final LongAdder bytes = new LongAdder();
  private Optional<String> engine = Optional.empty();
  private Optional<Found> found = Optional.empty();

  /// What was found in all of the file.
  private record Found(long lineFeeds, Optional<String> sha256) {}

  Scan(ContentOptions content, int workers) {
    this.digest = content.digest();
    this.countsLines = content.countsLines();
    this.workers = digest.isPresent() ? 1 : workers;
  }

  /// @param listener told how far it is, by any thread
  void run(ChunkSource source, Consumer<Progress> listener)
      throws FileException, InterruptedException {
    engine = Optional.of(source.chosenEngine().name().toLowerCase(Locale.ROOT));
    var config =
        StreamConfig.defaults()
            .withMode(StreamMode.STREAM)
            .withWorkers(workers)
            .withProgress(listener);
    long lineFeeds =
        StreamingProcessor.of(config)
            .aggregate(source, () -> 0L, (sum, chunk) -> sum + lineFeeds(chunk), Long::sum);
    var sha256 = digest.map(finished -> HexFormat.of().formatHex(finished.digest()));
    found = Optional.of(new Found(lineFeeds, sha256));
  }

  private long lineFeeds(Chunk chunk) throws FileException {
    long lineFeeds = chunk.<Long>apply(this::lineFeeds);
    bytes.add(chunk.byteSize());
    return lineFeeds;
  }

  private long lineFeeds(MemorySegment memory) {
    digest.ifPresent(running -> running.update(memory.asByteBuffer()));
    return countsLines ? ByteScan.count(memory, (byte) '\n') : 0;
  }

  /// How many were gone through, also if the rest could not be.
  long bytes() {
    return bytes.sum();
  }

  /// Only if all of the file was read.
  OptionalLong lines() {
    return countsLines && found.isPresent()
        ? OptionalLong.of(found.get().lineFeeds)
        : OptionalLong.empty();
  }

  /// Only if all of the file was read.
  Optional<String> sha256() {
    return found.flatMap(Found::sha256);
  }

  /// How bytes get into memory; null if that cannot be had.
  @Nullable String engine() {
    return engine.orElse(null);
  }

  int workers() {
    return workers;
  }
}
