package io.filewright.internal.region;

import io.filewright.spi.AdviceResult;
import io.filewright.spi.CacheAdvice;
import io.filewright.spi.LoadListener;
import io.filewright.spi.Mapping;
import io.filewright.spi.Residency;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Nothing, where the system cannot map an empty range.
public final class EmptyMapping implements Mapping {

  /// It holds nothing, so one is enough.
  public static final EmptyMapping INSTANCE = new EmptyMapping();

  private static final int ANY_PAGE_SIZE = 4096;

  private EmptyMapping() {}

  @Override
  public long byteSize() {
    return 0;
  }

  @Override
  public MemorySegment segment(Arena arena) {
    return MemorySegment.NULL;
  }

  @Override
  public void populate(long byteOffset, long byteSize, LoadListener listener) {
    // Nothing to bring in.
  }

  @Override
  public CompletionStage<Void> populateAsync(
      long byteOffset, long byteSize, LoadListener listener) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public AdviceResult advise(long byteOffset, long byteSize, CacheAdvice advice) {
    return new AdviceResult.Unsupported("the region is empty");
  }

  @Override
  public Residency residency(long byteOffset, long byteSize) {
    return Residency.all(0, ANY_PAGE_SIZE);
  }

  @Override
  public void lock(long byteOffset, long byteSize) {
    // Nothing to lock.
  }

  @Override
  public void force(long byteOffset, long byteSize) {
    // Nothing to write back.
  }

  @Override
  public CompletionStage<Void> forceAsync(long byteOffset, long byteSize) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void close() {
    // Nothing to give back.
  }
}
