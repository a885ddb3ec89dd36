package io.filewright;

import io.filewright.spi.CacheAdvice;

/// How a region is going to be used: hints, none of which changes what is read.
public enum MmapAdvice {
  /// No special pattern.
  NORMAL(CacheAdvice.NORMAL),
  /// From front to back: read ahead much, drop behind early.
  SEQUENTIAL(CacheAdvice.SEQUENTIAL),
  /// Here and there: do not read ahead. Makes a scan of a cold file many times slower.
  RANDOM(CacheAdvice.RANDOM),
  /// Soon: start reading. The kernel brings in one read-ahead window at most; to have all of it in,
  /// use [MmapRegion#prefetch].
  WILL_NEED(CacheAdvice.WILL_NEED),
  /// Not soon: forget the page table entries; the page cache stays.
  DONT_NEED(CacheAdvice.DONT_NEED),
  /// Reclaim these pages first when memory is short.
  COLD(CacheAdvice.COLD),
  /// Reclaim these pages now.
  PAGE_OUT(CacheAdvice.PAGE_OUT),
  /// Now: read and enter the pages before the call returns, which blocks while the disk works.
  POPULATE(CacheAdvice.POPULATE),
  /// Prefer huge pages where the file system has them.
  HUGE_PAGE(CacheAdvice.HUGE_PAGE),
  /// Do not use huge pages.
  NO_HUGE_PAGE(CacheAdvice.NO_HUGE_PAGE),
  /// Drop the range from the page cache, as far as nobody else has it mapped. For measuring cold
  /// reads, and after a pass over a file that will not be read again.
  EVICT(CacheAdvice.EVICT);

  private final CacheAdvice cacheAdvice;

  MmapAdvice(CacheAdvice cacheAdvice) {
    this.cacheAdvice = cacheAdvice;
  }

  CacheAdvice cacheAdvice() {
    return cacheAdvice;
  }
}
