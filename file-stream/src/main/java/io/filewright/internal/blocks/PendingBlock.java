package io.filewright.internal.blocks;

import io.filewright.error.FileException;

/// A block that is being brought in. Either awaited or abandoned, once.
public interface PendingBlock {

  /// Waits until it is there, and hands it over.
  Block await() throws FileException;

  /// Nobody wants it any more: what it took is given back, as soon as the kernel is through.
  void abandon();
}
