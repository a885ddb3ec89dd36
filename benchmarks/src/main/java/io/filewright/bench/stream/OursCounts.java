package io.filewright.bench.stream;

import io.filewright.bench.Arguments;
import io.filewright.bench.kit.FilePass;
import io.filewright.memory.MemoryBudget;
import io.filewright.scan.ByteScan;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.StreamConfig;
import io.filewright.stream.StreamEngine;
import io.filewright.stream.StreamMode;
import io.filewright.stream.StreamingProcessor;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// Ours: an aggregate over chunks. Each loop is a class, and so a process, of its own.
final class OursCounts {

  private OursCounts() {}

  /// How bytes come in: `how`, `chunk`, `workers`, `mode` and `budget`, in bytes.
  abstract static class Base extends FilePass {
    private ChunkSource source = ChunkSource.of(Path.of(""));
    private StreamingProcessor processor = StreamingProcessor.create();

    @Override
    protected final void begin(Path file, Arguments arguments) {
      source =
          ChunkSource.of(file)
              .withEngine(StreamEngine.valueOf(arguments.get("how", "AUTO")))
              .withChunkSize(arguments.getInt("chunk", (int) ChunkSource.DEFAULT_CHUNK_BYTES));
      processor =
          StreamingProcessor.of(
              config(arguments)
                  .withMode(StreamMode.valueOf(arguments.get("mode", "STREAM")))
                  .withWorkers(arguments.getInt("workers", 1)));
    }

    private static StreamConfig config(Arguments arguments) {
      int budget = arguments.getInt("budget", 0);
      return budget == 0
          ? StreamConfig.defaults()
          : StreamConfig.defaults().withMemoryLimit(MemoryBudget.ofBytes(budget));
    }

    @Override
    protected final long pass(Path file) throws Exception {
      return processor.aggregate(
          source, () -> 0L, (sum, chunk) -> sum + chunk.<Long>apply(this::lineFeeds), Long::sum);
    }

    abstract long lineFeeds(MemorySegment memory);
  }

  /// Eight bytes at a time.
  static final class Words extends Base {
    @Override
    long lineFeeds(MemorySegment memory) {
      return ByteScan.count(memory, (byte) '\n');
    }
  }

  /// With the Vector API.
  static final class Vectors extends Base {
    @Override
    long lineFeeds(MemorySegment memory) {
      return VectorCount.lineFeeds(memory);
    }
  }
}
