package io.filewright.bench.write;

import io.filewright.AtomicFile;
import io.filewright.bench.Arguments;
import io.filewright.bench.Contender;
import io.filewright.bench.Outcome;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/// Replaces a file, all or nothing and durably.
final class Replacing implements Contender {

  private static final int OPERATIONS = 16;

  private Path file = Path.of("");
  private MemorySegment content = MemorySegment.NULL;

  @Override
  public void prepare(Arguments arguments) throws Exception {
    Path folder = Path.of(arguments.get("dir"));
    Files.createDirectories(folder);
    file = folder.resolve("replaced-" + ProcessHandle.current().pid());
    content = Arena.global().allocate(Long.parseLong(arguments.get("size")), 4096);
    content.fill((byte) 'x');
  }

  @Override
  public Outcome run() throws Exception {
    long start = System.nanoTime();
    for (int i = 0; i < OPERATIONS; i++) {
      AtomicFile.replace(file, target -> target.write(content));
    }
    long nanos = System.nanoTime() - start;
    return Outcome.of(nanos, OPERATIONS, OPERATIONS * content.byteSize(), Files.size(file));
  }
}
