package io.filewright.reactor;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.FileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// A region's slices, each brought into memory before it is given away; the one behind it is on its
/// way meanwhile.
final class SlicePass implements Pass<MmapRegion> {

  private final MmapRegion region;
  private final long sliceBytes;
  private long at;
  private CompletableFuture<Void> arrival;

  private SlicePass(MmapRegion region, long sliceBytes) {
    this.region = region;
    this.sliceBytes = sliceBytes;
    this.arrival = prefetch();
  }

  static SlicePass open(FileRuntime runtime, Path path, long sliceBytes)
      throws FileException, InterruptedException {
    var handle = runtime.open(path, OpenOptions.readOnly().withPrefault(Prefault.NONE));
    boolean done = false;
    try {
      var pass = new SlicePass(handle.await(), sliceBytes);
      done = true;
      return pass;
    } finally {
      if (!done) {
        handle.close();
      }
    }
  }

  @Override
  @SuppressWarnings("MustBeClosed") // by the subscriber
  public @Nullable MmapRegion next() throws FileException, InterruptedException {
    if (isExhausted()) {
      return null;
    }
    await(arrival);
    MmapRegion slice = region.slice(at, end());
    at = end();
    arrival = prefetch();
    return slice;
  }

  @Override
  public boolean isExhausted() {
    return at == region.byteSize();
  }

  @Override
  public void discard(MmapRegion slice) {
    slice.close();
  }

  @Override
  public void close() {
    arrival.cancel(false);
    region.close();
  }

  private CompletableFuture<Void> prefetch() {
    return isExhausted() ? CompletableFuture.completedFuture(null) : region.prefetch(at, end());
  }

  private long end() {
    return at + Math.min(sliceBytes, region.byteSize() - at);
  }

  private static void await(CompletableFuture<Void> arrival)
      throws FileException, InterruptedException {
    try {
      arrival.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FileException failure) {
        throw failure;
      }
      throw new IllegalStateException("a prefetch ended by something unforeseen", e.getCause());
    }
  }
}
