package io.filewright.testkit;

import io.filewright.error.FileException;
import io.filewright.spi.AdviceResult;
import io.filewright.spi.CacheAdvice;
import io.filewright.spi.FileIdentity;
import io.filewright.spi.FileLease;
import io.filewright.spi.FileLocking;
import io.filewright.spi.FileSystemType;
import io.filewright.spi.MapRequest;
import io.filewright.spi.Mapping;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// A file of a [FaultyEngine].
record FaultyFile(OpenedFile file, FaultPlan plan) implements OpenedFile {

  @Override
  public Path path() {
    return file.path();
  }

  @Override
  public Optional<Path> alias() {
    return file.alias();
  }

  @Override
  public FileIdentity identity() throws FileException {
    return file.identity();
  }

  @Override
  public long size() throws FileException {
    plan.before(SpiCall.SIZE, path());
    return file.size();
  }

  @Override
  public int read(long byteOffset, MemorySegment target) throws FileException {
    plan.before(SpiCall.READ, path());
    return file.read(byteOffset, target);
  }

  @Override
  public CompletionStage<Integer> readAsync(long byteOffset, MemorySegment target) {
    return later(SpiCall.READ_ASYNC, () -> file.readAsync(byteOffset, target));
  }

  @Override
  public FileSystemType fileSystem() throws FileException {
    plan.before(SpiCall.FILE_SYSTEM, path());
    return file.fileSystem();
  }

  @Override
  public int write(long byteOffset, MemorySegment source) throws FileException {
    plan.before(SpiCall.WRITE, path());
    return file.write(byteOffset, source);
  }

  @Override
  public CompletionStage<Integer> writeAsync(long byteOffset, MemorySegment source) {
    return later(SpiCall.WRITE_ASYNC, () -> file.writeAsync(byteOffset, source));
  }

  @Override
  public void allocate(long byteOffset, long byteSize) throws FileException {
    plan.before(SpiCall.RESERVE, path());
    file.allocate(byteOffset, byteSize);
  }

  @Override
  public CompletionStage<Void> allocateAsync(long byteOffset, long byteSize) {
    return later(SpiCall.RESERVE, () -> file.allocateAsync(byteOffset, byteSize));
  }

  @Override
  public void resize(long byteSize) throws FileException {
    plan.before(SpiCall.RESIZE, path());
    file.resize(byteSize);
  }

  @Override
  public void sync() throws FileException {
    plan.before(SpiCall.SYNC, path());
    file.sync();
  }

  @Override
  public void lock(FileLocking locking) throws FileException {
    plan.before(SpiCall.FILE_LOCK, path());
    file.lock(locking);
  }

  @Override
  public FileLease lease(Runnable onBreak) throws FileException {
    plan.before(SpiCall.LEASE, path());
    return file.lease(onBreak);
  }

  @Override
  public OpenedFile reflink() throws FileException {
    plan.before(SpiCall.REFLINK, path());
    return new FaultyFile(file.reflink(), plan);
  }

  @Override
  public boolean isExecutable() throws FileException {
    return file.isExecutable();
  }

  private <T> CompletionStage<T> later(SpiCall call, Supplier<CompletionStage<T>> work) {
    var failure = plan.next(call, path());
    if (failure.isPresent()) {
      FaultPlan.throwUnchecked(failure.get());
      return CompletableFuture.failedStage(failure.get());
    }
    var gate = plan.gateAt(call);
    return gate.isEmpty() ? work.get() : gate.get().passLater().thenCompose(_ -> work.get());
  }

  @Override
  public Mapping map(MapRequest request) throws FileException {
    plan.before(SpiCall.MAP, path());
    return new FaultyMapping(path(), file.map(request), plan);
  }

  @Override
  public AdviceResult advise(long byteOffset, long byteSize, CacheAdvice advice)
      throws FileException {
    return file.advise(byteOffset, byteSize, advice);
  }

  @Override
  public void close() throws FileException {
    file.close();
    plan.before(SpiCall.FILE_CLOSE, path());
  }
}
