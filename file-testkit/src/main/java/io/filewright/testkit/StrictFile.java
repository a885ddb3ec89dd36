package io.filewright.testkit;

import io.filewright.error.InUse;
import io.filewright.error.Unsupported;
import io.filewright.spi.AdviceResult;
import io.filewright.spi.CacheAdvice;
import io.filewright.spi.FileIdentity;
import io.filewright.spi.FileLease;
import io.filewright.spi.FileLocking;
import io.filewright.spi.FileSystemType;
import io.filewright.spi.MapRequest;
import io.filewright.spi.Mapping;
import io.filewright.spi.OpenIntent;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/// An open file of a [StrictEngine].
final class StrictFile implements OpenedFile {

  private final StrictEngine engine;
  private final Path path;
  private final OpenIntent intent;
  private final Ledger.Entry entry;
  private final List<StrictLocks.Held> locks = new CopyOnWriteArrayList<>();

  StrictFile(StrictEngine engine, Path path, OpenIntent intent, Ledger.Entry entry) {
    this.engine = engine;
    this.path = path;
    this.intent = intent;
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
    return engine.content(path).byteSize();
  }

  @Override
  public int read(long byteOffset, MemorySegment target) {
    entry.use("read");
    MemorySegment content = engine.content(path);
    int count = (int) Math.max(0, Math.min(target.byteSize(), content.byteSize() - byteOffset));
    if (count > 0) {
      MemorySegment.copy(content, byteOffset, target, 0, count);
    }
    return count;
  }

  @Override
  public CompletionStage<Integer> readAsync(long byteOffset, MemorySegment target) {
    entry.use("readAsync");
    return engine.submit(() -> read(byteOffset, target));
  }

  @Override
  public FileSystemType fileSystem() {
    entry.use("fileSystem");
    return new FileSystemType("strict", FileSystemType.Kind.MEMORY);
  }

  @Override
  public int write(long byteOffset, MemorySegment source) throws Unsupported {
    entry.use("write");
    checkWritable("write");
    grow(byteOffset + source.byteSize());
    MemorySegment.copy(source, 0, engine.content(path), byteOffset, source.byteSize());
    return (int) source.byteSize();
  }

  @Override
  public CompletionStage<Integer> writeAsync(long byteOffset, MemorySegment source) {
    entry.use("writeAsync");
    return engine.submit(() -> write(byteOffset, source));
  }

  @Override
  public void allocate(long byteOffset, long byteSize) throws Unsupported {
    entry.use("allocate");
    checkWritable("allocate");
    grow(byteOffset + byteSize);
  }

  @Override
  @SuppressWarnings("NullAway") // a stage of Void holds nothing but null
  public CompletionStage<Void> allocateAsync(long byteOffset, long byteSize) {
    entry.use("allocateAsync");
    return engine.submit(
        () -> {
          allocate(byteOffset, byteSize);
          return null;
        });
  }

  @Override
  public void resize(long byteSize) throws Unsupported {
    entry.use("resize");
    checkWritable("resize");
    engine.resize(path, byteSize);
  }

  @Override
  public void sync() {
    entry.use("sync");
  }

  @Override
  public void lock(FileLocking locking) throws InUse {
    entry.use("lock");
    locks.add(engine.locks().take(path, locking));
  }

  @Override
  public FileLease lease(Runnable onBreak) throws Unsupported {
    throw new Unsupported(StrictEngine.details(path, "lease", "the strict engine has no leases"));
  }

  @Override
  public OpenedFile reflink() throws Unsupported {
    throw new Unsupported(StrictEngine.details(path, "reflink", "it cannot share blocks"));
  }

  @Override
  public boolean isExecutable() {
    entry.use("isExecutable");
    return false;
  }

  private void grow(long byteSize) {
    if (engine.content(path).byteSize() < byteSize) {
      engine.resize(path, byteSize);
    }
  }

  private void checkWritable(String operation) throws Unsupported {
    if (!intent.writes()) {
      throw new Unsupported(StrictEngine.details(path, operation, "it was opened for reading"));
    }
  }

  @Override
  public Mapping map(MapRequest request) {
    entry.use("map");
    return new StrictMapping(engine, path, request);
  }

  @Override
  public AdviceResult advise(long byteOffset, long byteSize, CacheAdvice advice) {
    entry.use("advise");
    return new AdviceResult.Applied();
  }

  @Override
  public void close() {
    entry.close();
    locks.forEach(StrictLocks.Held::close);
  }
}
