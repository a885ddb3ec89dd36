package io.filewright.testkit;

import io.filewright.error.Cancelled;
import io.filewright.error.FileException;
import io.filewright.spi.AdviceResult;
import io.filewright.spi.CacheAdvice;
import io.filewright.spi.LoadListener;
import io.filewright.spi.Mapping;
import io.filewright.spi.Residency;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/// A mapping of a [StrictEngine]: each segment is a copy in the arena it is asked for with, so it
/// dies with that arena and is refused to the threads that the arena refuses.
final class StrictMapping implements Mapping {

  private final StrictEngine engine;
  private final Path path;
  private final byte[] content;
  private final int lead;
  private final Ledger.Entry entry;

  StrictMapping(StrictEngine engine, Path path, byte[] content, long fileOffset) {
    this.engine = engine;
    this.path = path;
    this.content = content;
    this.lead = (int) (fileOffset % StrictEngine.CHUNK_BYTES);
    this.entry = engine.ledger().opened("mapping of " + path);
  }

  @Override
  public long byteSize() {
    return content.length;
  }

  @Override
  public MemorySegment segment(Arena arena) {
    entry.use("segment");
    return arena.allocateFrom(ValueLayout.JAVA_BYTE, content).asReadOnly();
  }

  @Override
  public void populate(long byteOffset, long byteSize, LoadListener listener) throws FileException {
    for (long done = 0; done < byteSize; ) {
      entry.use("populate");
      done += Math.min(byteSize - done, StrictEngine.CHUNK_BYTES);
      if (!listener.loaded(done)) {
        throw new Cancelled(
            StrictEngine.details(path, "load", "it was stopped").withOffset(byteOffset + done));
      }
    }
  }

  @Override
  @SuppressWarnings("NullAway") // a stage of Void holds nothing but null
  public CompletionStage<Void> populateAsync(
      long byteOffset, long byteSize, LoadListener listener) {
    entry.use("populateAsync");
    return engine.submit(
        () -> {
          populate(byteOffset, byteSize, listener);
          return null;
        });
  }

  @Override
  public AdviceResult advise(long byteOffset, long byteSize, CacheAdvice advice) {
    entry.use("advise");
    return new AdviceResult.Applied();
  }

  @Override
  public Residency residency(long byteOffset, long byteSize) {
    entry.use("residency");
    int leadOfRange = (int) ((lead + byteOffset) % StrictEngine.CHUNK_BYTES);
    var builder = Residency.builder(byteSize, leadOfRange, StrictEngine.CHUNK_BYTES);
    return builder.addRun(0, builder.pageCount()).build();
  }

  @Override
  public void lock(long byteOffset, long byteSize) {
    entry.use("lock");
  }

  @Override
  public void close() {
    entry.close();
  }
}
