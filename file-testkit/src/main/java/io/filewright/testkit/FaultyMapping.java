package io.filewright.testkit;

import io.filewright.error.FileException;
import io.filewright.spi.AdviceResult;
import io.filewright.spi.CacheAdvice;
import io.filewright.spi.LoadListener;
import io.filewright.spi.Mapping;
import io.filewright.spi.Residency;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A mapping of a [FaultyEngine].
record FaultyMapping(Path path, Mapping mapping, FaultPlan plan) implements Mapping {

  @Override
  public long byteSize() {
    return mapping.byteSize();
  }

  @Override
  public MemorySegment segment(Arena arena) {
    plan.next(SpiCall.SEGMENT, path).ifPresent(FaultPlan::throwUnchecked);
    return mapping.segment(arena);
  }

  @Override
  public void populate(long byteOffset, long byteSize, LoadListener listener) throws FileException {
    plan.before(SpiCall.POPULATE, path);
    mapping.populate(byteOffset, byteSize, counting(listener));
  }

  @Override
  public CompletionStage<Void> populateAsync(
      long byteOffset, long byteSize, LoadListener listener) {
    var failure = plan.next(SpiCall.POPULATE_ASYNC, path);
    if (failure.isPresent()) {
      FaultPlan.throwUnchecked(failure.get());
      return CompletableFuture.failedStage(failure.get());
    }
    var gate = plan.gateAt(SpiCall.POPULATE_ASYNC);
    return gate.isEmpty()
        ? mapping.populateAsync(byteOffset, byteSize, counting(listener))
        : gate.get()
            .passLater()
            .thenCompose(_ -> mapping.populateAsync(byteOffset, byteSize, counting(listener)));
  }

  @Override
  public AdviceResult advise(long byteOffset, long byteSize, CacheAdvice advice)
      throws FileException {
    plan.before(SpiCall.ADVISE, path);
    return mapping.advise(byteOffset, byteSize, advice);
  }

  @Override
  public Residency residency(long byteOffset, long byteSize) throws FileException {
    plan.before(SpiCall.RESIDENCY, path);
    Residency residency = mapping.residency(byteOffset, byteSize);
    int lead = (int) (byteOffset % residency.pageSize());
    return plan.hidesResidency()
        ? Residency.unknown(byteSize, lead, residency.pageSize())
        : residency;
  }

  @Override
  public void lock(long byteOffset, long byteSize) throws FileException {
    plan.before(SpiCall.LOCK, path);
    mapping.lock(byteOffset, byteSize);
  }

  @Override
  public void force(long byteOffset, long byteSize) throws FileException {
    plan.before(SpiCall.FORCE, path);
    mapping.force(byteOffset, byteSize);
  }

  @Override
  public CompletionStage<Void> forceAsync(long byteOffset, long byteSize) {
    var failure = plan.next(SpiCall.FORCE, path);
    if (failure.isPresent()) {
      FaultPlan.throwUnchecked(failure.get());
      return CompletableFuture.failedStage(failure.get());
    }
    return mapping.forceAsync(byteOffset, byteSize);
  }

  @Override
  public void close() throws FileException {
    mapping.close();
    plan.before(SpiCall.MAPPING_CLOSE, path);
  }

  private LoadListener counting(LoadListener listener) {
    return loadedBytes -> {
      var _ = plan.next(SpiCall.CHUNK, path);
      plan.gateAt(SpiCall.CHUNK).ifPresent(Gate::pass);
      return listener.loaded(loadedBytes);
    };
  }
}
