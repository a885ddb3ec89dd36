package io.filewright.bench.write;

import io.filewright.bench.Arguments;
import io.filewright.bench.Contender;
import io.filewright.bench.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;

/// Forces pieces of a mapped file, each dirtied just before and off the clock.
abstract class Forcing implements Contender {

  static final long PIECE_BYTES = 1L << 20;
  private static final int OPERATIONS = 16;

  private long pieces;
  private long next;

  abstract void open(Path path, long byteSize) throws Exception;

  abstract void dirty(long byteOffset, byte value) throws Exception;

  abstract void force(long byteOffset) throws Exception;

  @Override
  public final void prepare(Arguments arguments) throws Exception {
    Path folder = Path.of(arguments.get("dir"));
    Files.createDirectories(folder);
    long byteSize = Long.parseLong(arguments.get("size"));
    pieces = byteSize / PIECE_BYTES;
    Path file = folder.resolve("forced-" + ProcessHandle.current().pid());
    open(file, byteSize);
    for (long piece = 0; piece < pieces; piece++) {
      dirty(piece * PIECE_BYTES, (byte) 1);
      force(piece * PIECE_BYTES);
    }
  }

  @Override
  public final Outcome run() throws Exception {
    long nanos = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      long offset = next++ % pieces * PIECE_BYTES;
      dirty(offset, (byte) next);
      long start = System.nanoTime();
      force(offset);
      nanos += System.nanoTime() - start;
    }
    return Outcome.of(nanos, OPERATIONS, OPERATIONS * PIECE_BYTES, 0);
  }
}
