package io.filewright;

/// What holds a region's bytes.
public enum Backing {
  /// A mapping of the file: pages come and go with the kernel's page cache.
  MAPPED,
  /// A copy in memory of the process' own, charged to the runtime's budget: the file could not be
  /// mapped (`/proc`, some FUSE file systems), is empty, or is so small that reading it is cheaper.
  COPIED
}
