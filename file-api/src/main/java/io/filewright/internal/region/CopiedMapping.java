package io.filewright.internal.region;

import io.filewright.error.FailureDetails;
import io.filewright.error.Unsupported;
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

/// A file's content in memory of the process' own, charged to a budget.
public final class CopiedMapping implements Mapping {

  private final Path path;
  private final ReservedMemory memory;
  private final long byteSize;
  private final int pageSize;

  /// @param byteSize how much of the memory is content, in bytes
  public CopiedMapping(Path path, ReservedMemory memory, long byteSize, int pageSize) {
    this.path = path;
    this.memory = memory;
    this.byteSize = byteSize;
    this.pageSize = pageSize;
  }

  @Override
  public long byteSize() {
    return byteSize;
  }

  @Override
  public MemorySegment segment(Arena arena) {
    return memory.segment(arena).asSlice(0, byteSize);
  }

  @Override
  public void populate(long byteOffset, long byteSize, LoadListener listener) {
    listener.loaded(byteSize);
  }

  @Override
  public CompletionStage<Void> populateAsync(
      long byteOffset, long byteSize, LoadListener listener) {
    populate(byteOffset, byteSize, listener);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public AdviceResult advise(long byteOffset, long byteSize, CacheAdvice advice) {
    return new AdviceResult.Unsupported("the region is a copy, the kernel has no say in it");
  }

  @Override
  public Residency residency(long byteOffset, long byteSize) {
    return Residency.all(byteSize, pageSize);
  }

  @Override
  public void lock(long byteOffset, long byteSize) throws Unsupported {
    throw new Unsupported(
        FailureDetails.of(
            path,
            "lock",
            "the file could not be mapped, and a copy is not locked",
            "Open it without lockInMemory"));
  }

  @Override
  public void force(long byteOffset, long byteSize) {
    // Its stores go nowhere.
  }

  @Override
  public CompletionStage<Void> forceAsync(long byteOffset, long byteSize) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void close() {
    memory.close();
  }
}
