package io.filewright;

/// What protects a mapped region against a file that another process truncates, and against a
/// device that fails.
public enum Guard {

  /// The default. The region keeps its descriptor; its reading methods are positional reads, which
  /// cannot fault; [MmapRegion#apply] withholds its result until it is known that no fault
  /// happened.
  ///
  /// Not covered: a raw segment handed to native code, to the Vector API or to
  /// [java.lang.foreign.MemorySegment#mismatch]. A fault there kills the JVM.
  CHECKED,

  /// The kernel keeps others from truncating the file or opening it for writing, so that the raw
  /// memory is safe for native code and the Vector API too. Who tries is kept waiting; the region
  /// then refuses further use with [io.filewright.error.InUse], and lets them go on when the last
  /// use under way, slice and lease has ended. The kernel waits 45 s by default
  /// (`/proc/sys/fs/lease-break-time`); a use that takes longer is no longer protected.
  ///
  /// For reading, on local file systems, by the file's owner. Elsewhere the open fails with
  /// [io.filewright.error.Unsupported], and with `InUse` while somebody has the file open for
  /// writing.
  KERNEL_LEASE,

  /// The region is the file's content at the moment of the open, whatever becomes of the file: raw
  /// memory is safe for native code and the Vector API too.
  ///
  /// Where the file system can share blocks (XFS, btrfs) it costs no copy; elsewhere the content is
  /// copied to memory of the process' own, charged to the runtime's budget. What others write
  /// during that copy may be in it or not, page by page.
  SNAPSHOT,

  /// Nothing is checked, for files that nobody truncates. A fault that the JVM survives still
  /// becomes an exception, but bytes seen before it may be junk.
  NONE;

  /// Whether nobody else can make the memory fault.
  public boolean isStrong() {
    return this == KERNEL_LEASE || this == SNAPSHOT;
  }
}
