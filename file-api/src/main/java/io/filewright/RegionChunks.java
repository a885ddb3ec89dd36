package io.filewright;

import java.util.Iterator;
import java.util.NoSuchElementException;

/// Cuts a region into slices of a size, each when it is reached.
final class RegionChunks implements Iterator<MmapRegion> {

  private final MmapRegion region;
  private final long chunkSize;
  private long at;

  RegionChunks(MmapRegion region, long chunkSize) {
    this.region = region;
    this.chunkSize = chunkSize;
  }

  @Override
  public boolean hasNext() {
    return at < region.byteSize();
  }

  @Override
  @SuppressWarnings("MustBeClosed") // by whoever takes it
  public MmapRegion next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    long end = at + Math.min(chunkSize, region.byteSize() - at);
    MmapRegion chunk = region.slice(at, end);
    at = end;
    return chunk;
  }
}
