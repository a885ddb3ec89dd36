package io.filewright.testkit;

import io.filewright.error.Cancelled;
import io.filewright.error.FileException;
import io.filewright.spi.AdviceResult;
import io.filewright.spi.CacheAdvice;
import io.filewright.spi.LoadListener;
import io.filewright.spi.MapProtection;
import io.filewright.spi.MapRequest;
import io.filewright.spi.Mapping;
import io.filewright.spi.Residency;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/// A mapping of a [StrictEngine]. What is mapped for reading is handed out as copies in the arena
/// that they are asked for with, so they die with that arena and are refused to the threads that it
/// refuses.
final class StrictMapping implements Mapping {

  private final StrictEngine engine;
  private final Path path;
  private final MemorySegment content;
  private final MapProtection protection;
  private final int lead;
  private final Ledger.Entry entry;

  StrictMapping(StrictEngine engine, Path path, MapRequest request) {
    this.engine = engine;
    this.path = path;
    MemorySegment now = engine.content(path).asSlice(request.byteOffset(), request.byteSize());
    this.protection = request.protection();
    this.content =
        protection == MapProtection.READ_WRITE
            ? now
            : Arena.ofAuto().allocate(request.byteSize()).copyFrom(now);
    this.lead = (int) (request.byteOffset() % StrictEngine.CHUNK_BYTES);
    this.entry = engine.ledger().opened("mapping of " + path);
  }

  @Override
  public long byteSize() {
    return content.byteSize();
  }

  @Override
  public MemorySegment segment(Arena arena) {
    entry.use("segment");
    return protection == MapProtection.READ_ONLY
        ? arena.allocate(content.byteSize()).copyFrom(content).asReadOnly()
        : content;
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
  public void force(long byteOffset, long byteSize) {
    entry.use("force");
  }

  @Override
  @SuppressWarnings("NullAway") // a stage of Void holds nothing but null
  public CompletionStage<Void> forceAsync(long byteOffset, long byteSize) {
    entry.use("forceAsync");
    return engine.submit(() -> null);
  }

  @Override
  public void close() {
    entry.close();
  }
}
