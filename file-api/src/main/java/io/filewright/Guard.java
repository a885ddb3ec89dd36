package io.filewright;

/// What protects a mapped region against a file that another process truncates, and against a
/// device that fails.
public enum Guard {

  /// The default. The region keeps its descriptor; its reading methods are positional reads, which
  /// cannot fault; [MmapRegion#apply] withholds its result until it is known that no fault
  /// happened.
  ///
  /// Not covered: a raw segment handed to native code or to the Vector API. A fault there kills the
  /// JVM.
  CHECKED,

  /// Nothing is checked, for files that nobody truncates. A fault that the JVM survives still
  /// becomes an exception, but bytes seen before it may be junk.
  NONE
}
