package io.filewright;

import io.filewright.error.FileException;

/// Where a load stands. Each state is entered at most once, in the order of the drawing, and what
/// is seen by one thread is seen by all:
///
/// ```
///   Pending ──start──> Loading ──> Ready
///      │                  │
///      └──cancel, close───┴──────> Failed
/// ```
///
/// @param <R> the region's type
public sealed interface FileState<R extends MmapRegion> {

  /// Nothing has been done yet: a lazy handle that nobody has asked.
  record Pending<R extends MmapRegion>() implements FileState<R> {}

  /// Work is under way.
  ///
  /// @param loadedBytes bytes brought in so far
  /// @param totalBytes bytes that will be brought in before the region is ready; [#UNKNOWN] until
  ///   the file is open
  record Loading<R extends MmapRegion>(long loadedBytes, long totalBytes) implements FileState<R> {

    /// The total while the file is still being opened.
    public static final long UNKNOWN = -1;
  }

  /// The region can be used.
  ///
  /// @param region owned by the handle
  record Ready<R extends MmapRegion>(R region) implements FileState<R> {}

  /// The load has ended without a region, and holds nothing.
  ///
  /// @param error why; [io.filewright.error.Cancelled] after a cancel or an early close
  record Failed<R extends MmapRegion>(FileException error) implements FileState<R> {}

  /// Whether it will not change any more.
  default boolean isTerminal() {
    return switch (this) {
      case Pending<R> _, Loading<R> _ -> false;
      case Ready<R> _, Failed<R> _ -> true;
    };
  }
}
