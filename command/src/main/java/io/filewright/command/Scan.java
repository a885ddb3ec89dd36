package io.filewright.command;

import io.filewright.error.FileException;
import io.filewright.stream.ByteScan;
import io.filewright.stream.Chunk;
import io.filewright.stream.ChunkReader;
import io.filewright.stream.ChunkSource;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// One pass over a file by several threads; by one if a digest is asked for, which wants all bytes
/// in their order.
final class Scan {

  private final Optional<MessageDigest> digest;
  private final boolean countsLines;
  private final int workers;
  private final LongAdder bytes = new LongAdder();
  private final LongAdder lineFeeds = new LongAdder();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private Optional<String> sha256 = Optional.empty();
  private Optional<String> engine = Optional.empty();
  private boolean whole;

  Scan(ContentOptions content, int workers) {
    this.digest = content.digest();
    this.countsLines = content.countsLines();
    this.workers = digest.isPresent() ? 1 : workers;
  }

  /// @param listener told of the bytes of each chunk that is done, by any thread
  void run(ChunkSource source, LongConsumer listener) throws FileException, InterruptedException {
    try (ChunkReader reader = source.open(workers)) {
      engine = Optional.of(reader.engine().name().toLowerCase(Locale.ROOT));
      List<Thread> helpers = new ArrayList<>();
      for (int worker = 1; worker < workers; worker++) {
        helpers.add(Thread.ofPlatform().daemon().start(() -> work(reader, listener)));
      }
      work(reader, listener);
      for (Thread helper : helpers) {
        helper.join();
      }
    }
    switch (failure.get()) {
      case null -> finish();
      case FileException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new AssertionError(e);
    }
  }

  private void work(ChunkReader reader, LongConsumer listener) {
    try {
      while (failure.get() == null) {
        Optional<Chunk> next = reader.next();
        if (next.isEmpty()) {
          return;
        }
        try (Chunk chunk = next.get()) {
          chunk.apply(this::take);
          bytes.add(chunk.byteSize());
          listener.accept(chunk.byteSize());
        }
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }

  private boolean take(MemorySegment memory) {
    if (countsLines) {
      lineFeeds.add(ByteScan.count(memory, (byte) '\n'));
    }
    digest.ifPresent(running -> running.update(memory.asByteBuffer()));
    return true;
  }

  private void finish() {
    sha256 = digest.map(finished -> HexFormat.of().formatHex(finished.digest()));
    whole = true;
  }

  long bytes() {
    return bytes.sum();
  }

  /// Only if all of the file was read.
  OptionalLong lines() {
    return countsLines && whole ? OptionalLong.of(lineFeeds.sum()) : OptionalLong.empty();
  }

  Optional<String> sha256() {
    return sha256;
  }

  /// The one that read; null if none could.
  @Nullable String engine() {
    return engine.orElse(null);
  }

  int workers() {
    return workers;
  }
}
