package io.filewright.bench.stream;

import io.filewright.AtomicFile;
import io.filewright.bench.Arguments;
import io.filewright.bench.Contender;
import io.filewright.bench.Outcome;
import io.filewright.stream.ChunkSink;
import io.filewright.stream.ChunkWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Replaces a file by new content, 256 KiB at a time, and says how long the commit took of it.
abstract class SinkWrites implements Contender {

  private static final double MILLI = 1e6;

  private final MemorySegment block = Arena.global().allocate(ChunkSink.DEFAULT_BUFFER_BYTES, 4096);
  private Path target = Path.of("");
  private long byteSize;

  @Override
  public final void prepare(Arguments arguments) throws Exception {
    Path folder = Path.of(arguments.get("dir"));
    Files.createDirectories(folder);
    target = folder.resolve("sink-" + ProcessHandle.current().pid());
    byteSize = Long.parseLong(arguments.get("size"));
    block.fill((byte) 'x');
  }

  @Override
  public final Outcome run() throws Exception {
    long start = System.nanoTime();
    long commit = write(target, block, byteSize / block.byteSize());
    long end = System.nanoTime();
    return Outcome.of(end - start, 1, byteSize, Files.size(target))
        .withMetrics(Map.of("commit ms", (end - commit) / MILLI));
  }

  @Override
  public final void settle() throws Exception {
    Files.deleteIfExists(target);
  }

  /// Returns when the commit began.
  abstract long write(Path target, MemorySegment block, long blocks) throws Exception;

  /// Syncs behind what is written.
  static final class Behind extends SinkWrites {
    @Override
    long write(Path target, MemorySegment block, long blocks) throws Exception {
      try (ChunkWriter writer = ChunkSink.replacing(target).open()) {
        for (long i = 0; i < blocks; i++) {
          writer.write(block);
        }
        long begin = System.nanoTime();
        writer.commit();
        return begin;
      }
    }
  }

  /// Syncs at the end.
  static final class AtTheEnd extends SinkWrites {
    @Override
    long write(Path target, MemorySegment block, long blocks) throws Exception {
      try (AtomicFile file = AtomicFile.replacing(target)) {
        for (long i = 0; i < blocks; i++) {
          file.write(block);
        }
        long begin = System.nanoTime();
        file.commit();
        return begin;
      }
    }
  }
}
