package io.filewright.testkit;

/// What an engine can do beyond what every engine must.
public enum EngineTrait {
  /// Segments that it lends belong to the borrower's arena: they are dead when it is closed, and
  /// refused to the threads that it refuses.
  LEASED_SEGMENTS,
  /// It passes hints on to the kernel.
  HINTS,
  /// It can lock pages in memory.
  MEMORY_LOCK,
  /// It can refuse symbolic links and keep paths beneath a root, without a gap between the check
  /// and the open.
  LINK_POLICIES
}
