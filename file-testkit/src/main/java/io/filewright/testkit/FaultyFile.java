package io.filewright.testkit;

import io.filewright.error.FileException;
import io.filewright.spi.AdviceResult;
import io.filewright.spi.CacheAdvice;
import io.filewright.spi.FileIdentity;
import io.filewright.spi.MapRequest;
import io.filewright.spi.Mapping;
import io.filewright.spi.OpenedFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A file of a [FaultyEngine].
record FaultyFile(OpenedFile file, FaultPlan plan) implements OpenedFile {

  @Override
  public Path path() {
    return file.path();
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
    var failure = plan.next(SpiCall.READ_ASYNC, path());
    if (failure.isPresent()) {
      FaultPlan.throwUnchecked(failure.get());
      return CompletableFuture.failedStage(failure.get());
    }
    var gate = plan.gateAt(SpiCall.READ_ASYNC);
    if (gate.isEmpty()) {
      return file.readAsync(byteOffset, target);
    }
    return gate.get().passLater().thenCompose(_ -> file.readAsync(byteOffset, target));
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
