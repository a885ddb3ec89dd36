package io.filewright.bench.reactor;

import io.filewright.bench.Arguments;
import io.filewright.bench.Contender;
import io.filewright.bench.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;

/// Goes through one file, which is opened, read to its end and closed each time.
abstract class Pass implements Contender {

  private Path path = Path.of("");
  private long byteSize;

  @Override
  public final void prepare(Arguments arguments) throws Exception {
    path = arguments.file();
    byteSize = Files.size(path);
  }

  @Override
  public final Outcome run() throws Exception {
    long start = System.nanoTime();
    long checksum = over(path);
    return Outcome.of(System.nanoTime() - start, 1, byteSize, checksum);
  }

  abstract long over(Path path) throws Exception;
}
