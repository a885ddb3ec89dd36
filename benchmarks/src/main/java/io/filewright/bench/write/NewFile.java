package io.filewright.bench.write;

import io.filewright.bench.Arguments;
import io.filewright.bench.Contender;
import io.filewright.bench.Outcome;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes a file that is not there, down to the disk; each round another one of the same content.
abstract class NewFile implements Contender {

  static final long BLOCK_BYTES = 256 << 10;

  private Path file = Path.of("");
  private long byteSize;

  /// What is written again and again.
  private final MemorySegment block = Arena.global().allocate(BLOCK_BYTES, 4096);

  abstract void write(Path path, long size, MemorySegment source) throws Exception;

  @Override
  public final void prepare(Arguments arguments) throws Exception {
    Path folder = Path.of(arguments.get("dir"));
    Files.createDirectories(folder);
    file = folder.resolve("new-" + ProcessHandle.current().pid());
    byteSize = Long.parseLong(arguments.get("size"));
    block.fill((byte) 'x');
  }

  @Override
  public final Outcome run() throws Exception {
    long start = System.nanoTime();
    write(file, byteSize, block);
    return Outcome.of(System.nanoTime() - start, 1, byteSize, Files.size(file));
  }

  @Override
  public final void settle() throws Exception {
    Files.deleteIfExists(file);
  }
}
