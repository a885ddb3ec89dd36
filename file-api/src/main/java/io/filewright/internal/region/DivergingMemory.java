package io.filewright.internal.region;

/// Memory whose stores stay in this process.
public interface DivergingMemory extends WritableMemory {

  /// How many bytes the pages take that were written.
  long dirtyBytes();
}
