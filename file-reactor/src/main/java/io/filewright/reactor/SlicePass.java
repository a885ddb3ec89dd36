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

/// A region's slices, each brought into memory before it is given away; what is behind it is on its
/// way meanwhile, in stretches that grow: to wait for another thread at each slice would take
/// longer than to bring it in. A stretch that is in memory is left as it is, for whoever touches it
/// to map: another thread that mapped it meanwhile would only be in the way.
final class SlicePass implements Pass<MmapRegion> {

  /// What is brought in by one call at the most, and so waited for.
  static final long MOST_AHEAD_BYTES = 8L << 20;

  private final MmapRegion region;
  private final long sliceBytes;
  private long at;
  private long arrived;
  private long arriving;
  private CompletableFuture<Void> arrival;

  private SlicePass(MmapRegion region, long sliceBytes) {
    this.region = region;
    this.sliceBytes = sliceBytes;
    this.arriving = Math.min(sliceBytes, region.byteSize());
    this.arrival = prefetch(0, arriving);
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
    long end = at + Math.min(sliceBytes, region.byteSize() - at);
    bringIn(end);
    MmapRegion slice = region.slice(at, end);
    at = end;
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

  private void bringIn(long end) throws FileException, InterruptedException {
    while (arrived < end) {
      try {
        await(arrival);
      } catch (FileException _) {
        await(region.prefetch(at, end)); // what fails behind this slice is not its failure
        return;
      }
      long from = arriving;
      long most = Math.max(sliceBytes, Math.min(2 * (from - arrived), MOST_AHEAD_BYTES));
      arrived = from;
      arriving = from + Math.min(most, region.byteSize() - from);
      arrival = prefetch(from, arriving);
    }
  }

  private CompletableFuture<Void> prefetch(long from, long to) {
    return from == to || isResident(from, to)
        ? CompletableFuture.completedFuture(null)
        : region.prefetch(from, to);
  }

  /// What cannot be looked at is brought in, which says why.
  private boolean isResident(long from, long to) {
    try {
      return region.isResident(from, to);
    } catch (FileException _) {
      return false;
    }
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
