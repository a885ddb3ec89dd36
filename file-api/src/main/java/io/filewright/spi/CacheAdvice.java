package io.filewright.spi;

/// Hints in the kernel's terms. None of them changes the content of a file.
public enum CacheAdvice {
  /// No special treatment.
  NORMAL,
  /// Read ahead much, drop behind early.
  SEQUENTIAL,
  /// Do not read ahead.
  RANDOM,
  /// Start reading the range now.
  WILL_NEED,
  /// Forget this process' page table entries of the range; the page cache stays.
  DONT_NEED,
  /// Reclaim the range first when memory is short.
  COLD,
  /// Reclaim the range now.
  PAGE_OUT,
  /// Read the range and enter it in the page tables, before returning.
  POPULATE,
  /// Prefer huge pages.
  HUGE_PAGE,
  /// Do not use huge pages.
  NO_HUGE_PAGE,
  /// Drop the range from the page cache, as far as nobody else uses it.
  EVICT
}
