package io.filewright.testkit;

import io.filewright.spi.AdviceResult;
import io.filewright.spi.CacheAdvice;
import io.filewright.spi.FileIdentity;
import io.filewright.spi.MapRequest;
import io.filewright.spi.Mapping;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;

/// An open file of a [StrictEngine].
final class StrictFile implements OpenedFile {

  private final StrictEngine engine;
  private final Path path;
  private final Ledger.Entry entry;

  StrictFile(StrictEngine engine, Path path, Ledger.Entry entry) {
    this.engine = engine;
    this.path = path;
    this.entry = entry;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public FileIdentity identity() {
    entry.use("identity");
    return new FileIdentity(0, path.hashCode());
  }

  @Override
  public long size() {
    entry.use("size");
    return engine.content(path).length;
  }

  @Override
  public int read(long byteOffset, MemorySegment target) {
    entry.use("read");
    byte[] content = engine.content(path);
    int count = (int) Math.max(0, Math.min(target.byteSize(), content.length - byteOffset));
    if (count > 0) {
      MemorySegment.copy(MemorySegment.ofArray(content), byteOffset, target, 0, count);
    }
    return count;
  }

  @Override
  public CompletionStage<Integer> readAsync(long byteOffset, MemorySegment target) {
    entry.use("readAsync");
    return engine.submit(() -> read(byteOffset, target));
  }

  @Override
  public Mapping map(MapRequest request) {
    entry.use("map");
    int from = Math.toIntExact(request.byteOffset());
    int to = Math.toIntExact(request.byteOffset() + request.byteSize());
    byte[] range = Arrays.copyOfRange(engine.content(path), from, to);
    return new StrictMapping(engine, path, range, from);
  }

  @Override
  public AdviceResult advise(long byteOffset, long byteSize, CacheAdvice advice) {
    entry.use("advise");
    return new AdviceResult.Applied();
  }

  @Override
  public void close() {
    entry.close();
  }
}
