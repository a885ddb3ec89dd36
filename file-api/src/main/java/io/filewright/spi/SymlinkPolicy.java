package io.filewright.spi;

/// What to do about symbolic links on the way to a file.
public enum SymlinkPolicy {
  /// Follow them all.
  FOLLOW,
  /// Refuse when the last component is one.
  REFUSE_FINAL,
  /// Refuse when any component is one.
  REFUSE_ANY
}
