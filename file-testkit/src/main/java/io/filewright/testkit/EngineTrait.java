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
  LINK_POLICIES,
  /// It can hold a directory open and give a path to it that nobody can lead elsewhere.
  HELD_DIRECTORIES,
  /// Its locks belong to the descriptor: a process may hold several shared ones of a file, and none
  /// ends because another descriptor of the file is closed.
  DESCRIPTOR_LOCKS,
  /// The kernel can be had to keep those waiting who want to write to a file.
  LEASES,
  /// It maps copy-on-write; without, such a file is copied.
  PRIVATE_MAPPINGS,
  /// It reserves space for holes of a file too, not only behind its end.
  FILLS_HOLES
}
