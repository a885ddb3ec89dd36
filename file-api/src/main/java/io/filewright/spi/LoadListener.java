package io.filewright.spi;

/// Follows a load, and may stop it between two chunks.
@FunctionalInterface
public interface LoadListener {

  /// Takes note of progress and lets the load go on.
  LoadListener NONE = loadedBytes -> true;

  /// Called after each chunk, on the loading thread; must be short.
  ///
  /// @param loadedBytes bytes brought in since the load began
  /// @return whether to go on; after a `false` the load ends with [io.filewright.error.Cancelled]
  boolean loaded(long loadedBytes);
}
