package io.filewright;

import com.google.errorprone.annotations.MustBeClosed;
import io.filewright.error.FileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Opens files into memory without blocking whoever asks: the entry point of the library.
///
/// ```java
/// try (var handle = AsyncFiles.open(Path.of("data.csv"))) {
///   // do something else
///   try (MmapRegion region = handle.await()) {
///     System.out.println(region.byteSize());
///   }
/// }
/// ```
///
/// Everything here uses the [FileRuntime#shared] runtime. No method blocks, but those that say so;
/// none throws for the file's sake, but `openSync`: what is wrong with a file is the handle's
/// failure.
public final class AsyncFiles {

  private AsyncFiles() {}

  /// Begins to load a file, read-only, with the default options.
  public static AsyncFileHandle<MmapRegion> open(Path path) {
    return open(path, OpenOptions.readOnly());
  }

  /// Begins to load a file. Returns at once: even the open itself happens elsewhere.
  ///
  /// @return a handle to be closed; it owns the region
  public static <R extends MmapRegion> AsyncFileHandle<R> open(Path path, OpenOptions<R> options) {
    return FileRuntime.shared().open(path, options);
  }

  /// Begins to load a file that was opened and checked elsewhere, and takes its descriptor over.
  public static AsyncFileHandle<MmapRegion> open(FileSource source) {
    return FileRuntime.shared().open(source, OpenOptions.readOnly());
  }

  /// A handle that does nothing until it is started, awaited or asked for a future.
  public static AsyncFileHandle<MmapRegion> openLazy(Path path) {
    return openLazy(path, OpenOptions.readOnly());
  }

  /// The same with options.
  public static <R extends MmapRegion> AsyncFileHandle<R> openLazy(
      Path path, OpenOptions<R> options) {
    return FileRuntime.shared().openLazy(path, options);
  }

  /// Loads a file while the caller waits: on its own thread, or elsewhere if that is a virtual
  /// thread, whose carrier is then free. An interrupt does not disturb it.
  ///
  /// @return a region to be closed
  @MustBeClosed
  public static MmapRegion openSync(Path path) throws FileException {
    return openSync(path, OpenOptions.readOnly());
  }

  /// The same with options.
  @MustBeClosed
  public static <R extends MmapRegion> R openSync(Path path, OpenOptions<R> options)
      throws FileException {
    return FileRuntime.shared().openSync(path, options);
  }

  /// Whether there is a file of this path, links followed. Fails if that cannot be found out.
  public static CompletableFuture<Boolean> exists(Path path) {
    return FileRuntime.shared().exists(path);
  }

  /// Which file system a file is in, and whether it can be mapped, leased and snapshotted there:
  /// each is tried for real, and undone at once.
  public static CompletableFuture<FileSupport> support(Path path) {
    return FileRuntime.shared().support(path);
  }

  /// The size of a regular file, in bytes.
  public static CompletableFuture<Long> size(Path path) {
    return FileRuntime.shared().size(path);
  }

  /// Waits until all are ready; starts those that are lazy.
  ///
  /// @return their regions, in the same order
  /// @throws FileException the first failure in time; all handles have then been closed
  public static <R extends MmapRegion> List<R> awaitAll(
      Collection<? extends AsyncFileHandle<? extends R>> handles)
      throws FileException, InterruptedException {
    return Handles.awaitAll(List.copyOf(handles));
  }

  /// Those that are ready now, in the same order. Never waits.
  public static <R extends MmapRegion> List<AsyncFileHandle<R>> ready(
      Collection<AsyncFileHandle<R>> handles) {
    return handles.stream().filter(AsyncFileHandle::isReady).toList();
  }

  /// All handles in the order in which they end, ready or failed; starts those that are lazy.
  ///
  /// @return iterates once; its `next` waits, and a thread interrupted there gets an
  ///   [java.io.UncheckedIOException] with its interrupt status set
  public static <R extends MmapRegion> Iterable<AsyncFileHandle<R>> asCompleted(
      Collection<AsyncFileHandle<R>> handles) {
    return Handles.asCompleted(List.copyOf(handles));
  }
}
