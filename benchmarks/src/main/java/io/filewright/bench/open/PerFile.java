package io.filewright.bench.open;

import io.filewright.bench.Arguments;
import io.filewright.bench.Contender;
import io.filewright.bench.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Opens, reads and closes one file after the other, `repeats` times over.
///
/// With `parked=N`, N platform threads are parked meanwhile: unmapping a shared arena has to ask
/// each of them.
abstract class PerFile implements Contender {

  private static final int CHUNK = 256 << 10;

  private List<Path> files = List.of();
  private int repeats;
  private long bytes;
  private long largest;

  @Override
  public final void prepare(Arguments arguments) throws Exception {
    files = arguments.files();
    repeats = arguments.getInt("repeats", 1);
    for (Path file : files) {
      long size = Files.size(file);
      bytes += size;
      largest = Math.max(largest, size);
    }
    for (int i = 0; i < arguments.getInt("parked", 0); i++) {
      Thread.ofPlatform().daemon().start(PerFile::park);
    }
    begin(arguments);
  }

  @Override
  public final Outcome run() throws Exception {
    long sum = 0;
    long start = System.nanoTime();
    for (int i = 0; i < repeats; i++) {
      for (Path file : files) {
        sum += sumOf(file);
      }
    }
    long nanos = System.nanoTime() - start;
    return Outcome.of(nanos, (long) repeats * files.size(), repeats * bytes, sum);
  }

  /// Before the first file.
  void begin(Arguments arguments) throws Exception {}

  /// The whole way of one file.
  abstract long sumOf(Path file) throws Exception;

  /// How large a buffer is for those that read: no larger than it has to be, and whole words, as
  /// the sum wants.
  final int bufferSize() {
    return Math.clamp((largest + 7) & -8, 4096, CHUNK);
  }

  private static void park() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.park();
    }
  }
}
