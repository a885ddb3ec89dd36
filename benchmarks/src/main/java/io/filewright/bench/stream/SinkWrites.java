package io.filewright.bench.stream;

import io.filewright.AtomicFile;
import io.filewright.bench.kit.FileWrite;
import io.filewright.error.FileException;
import io.filewright.stream.ChunkSink;
import io.filewright.stream.ChunkWriter;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/// Replaces a file by new content, 256 KiB at a time, and says how long the commit took of it. The
/// first round, which finds no file, is one of warm-up.
abstract class SinkWrites extends FileWrite {

  private static final double MILLI = 1e6;

  private long commitNanos;

  /// What puts the new content in place.
  @FunctionalInterface
  interface Commit {
    void run() throws FileException;
  }

  final void time(Commit commit) throws FileException {
    long start = System.nanoTime();
    commit.run();
    commitNanos = System.nanoTime() - start;
  }

  @Override
  protected final Map<String, Double> metrics() {
    return Map.of("commit ms", commitNanos / MILLI);
  }

  /// Spoils the old content: if it is not replaced, the next round has another sum.
  @Override
  protected final void settle(Path file) throws Exception {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {'o'}), 0);
    }
  }

  /// Syncs behind what is written.
  static final class Behind extends SinkWrites {
    @Override
    protected void write(Path file, long byteSize, MemorySegment block) throws Exception {
      try (ChunkWriter writer = ChunkSink.replacing(file).open()) {
        for (long at = 0; at < byteSize; at += block.byteSize()) {
          writer.write(block);
        }
        time(writer::commit);
      }
    }
  }

  /// Syncs at the end.
  static final class AtTheEnd extends SinkWrites {
    @Override
    protected void write(Path file, long byteSize, MemorySegment block) throws Exception {
      try (AtomicFile content = AtomicFile.replacing(file)) {
        for (long at = 0; at < byteSize; at += block.byteSize()) {
          content.write(block);
        }
        time(content::commit);
      }
    }
  }
}
