package io.filewright.bench.kit;

import io.filewright.bench.Arguments;
import io.filewright.bench.Contender;
import io.filewright.bench.Outcome;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Writes one file of the size that is the argument `size`, down to the disk. When the clock has
/// stopped, the sum of all that is in the file is taken.
public abstract class FileWrite implements Contender {

  private static final long BLOCK_BYTES = 256 << 10;

  private final MemorySegment block = Arena.global().allocate(BLOCK_BYTES, 4096);
  private Path file = Path.of("");
  private long byteSize;

  @Override
  public final void prepare(Arguments arguments) throws Exception {
    Path folder = Path.of(arguments.get("dir"));
    Files.createDirectories(folder);
    file = folder.resolve("written-" + ProcessHandle.current().pid());
    byteSize = Long.parseLong(arguments.get("size"));
    block.fill((byte) 'x');
  }

  @Override
  public final Outcome run() throws Exception {
    long start = System.nanoTime();
    write(file, byteSize, block);
    long nanos = System.nanoTime() - start;
    return Outcome.of(nanos, 1, byteSize, sum()).withMetrics(metrics());
  }

  @Override
  public final void settle() throws Exception {
    settle(file);
  }

  /// What is measured: writes the block until there are as many bytes.
  protected abstract void write(Path file, long byteSize, MemorySegment block) throws Exception;

  /// Figures of the last round beside its time.
  protected Map<String, Double> metrics() {
    return Map.of();
  }

  /// After each round, off the clock: leaves the file as the next round wants to find it.
  protected abstract void settle(Path file) throws Exception;

  private long sum() throws IOException {
    try (var channel = FileChannel.open(file);
        var arena = Arena.ofConfined()) {
      return Sums.of(channel.map(MapMode.READ_ONLY, 0, channel.size(), arena));
    }
  }
}
