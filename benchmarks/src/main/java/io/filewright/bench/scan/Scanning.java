package io.filewright.bench.scan;

import io.filewright.bench.Arguments;
import io.filewright.bench.Contender;
import io.filewright.bench.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;

/// Goes through one file, which is opened, mapped and touched before the clock starts.
abstract class Scanning implements Contender {

  private long bytes;

  @Override
  public final void prepare(Arguments arguments) throws Exception {
    Path file = arguments.file();
    bytes = Files.size(file);
    open(file, arguments);
  }

  @Override
  public final Outcome run() throws Exception {
    long start = System.nanoTime();
    long result = scan();
    return Outcome.of(System.nanoTime() - start, 1, bytes, result);
  }

  abstract void open(Path file, Arguments arguments) throws Exception;

  abstract long scan() throws Exception;
}
