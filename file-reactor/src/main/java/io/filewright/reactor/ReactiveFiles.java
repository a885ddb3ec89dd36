package io.filewright.reactor;

import io.filewright.AsyncFileHandle;
import io.filewright.FileState.Loading;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.stream.Progress;
import io.filewright.stream.ProgressMeter;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Files as Reactor publishers.
///
/// ```java
/// ReactiveFiles.lines(path, UTF_8).filter(line -> line.contains("ERROR")).count()
/// ```
///
/// Each publisher is cold: a subscription opens the file, with its first request, and lets go of it
/// before the terminal signal or soon after a cancel. There is exactly one terminal signal, none
/// after a cancel; a failure is the [io.filewright.error.FileException] itself. Nothing is read
/// that was not requested, but for what is said to be read ahead.
///
/// All that may wait for the disk, and all emissions, are on [Schedulers#boundedElastic] and the
/// shared runtime; [ReactiveRuntime] takes others.
///
/// ## Elements that have to be closed
///
/// The subscriber closes the regions of [#open] and [#chunks]. Operators in between that hold some,
/// such as `publishOn`, discard them on a cancel or an error: they have to be told how, behind the
/// last of them:
///
/// ```java
/// .doOnDiscard(MmapRegion.class, MmapRegion::close)
/// ```
///
/// An operator that drops what comes too late, as `timeout` may, only tells
/// [reactor.core.publisher.Hooks#onNextDropped]; and `publishOn` loses what it holds if it is
/// cancelled when it has been woken, but has not come to it yet (reactor-core issue 4396, open with
/// 3.8.8). What nobody closes the garbage collector does, and it counts as a leak: so it is better
/// to be done with a region before the next change of threads. [#using], [#mapChunks], [#lines] and
/// [#records] have nothing to close.
public final class ReactiveFiles {

  private ReactiveFiles() {}

  /// Opens a file, read-only, with the default options.
  public static Mono<MmapRegion> open(Path path) {
    return open(path, OpenOptions.readOnly());
  }

  /// Opens a file.
  ///
  /// @return the region, to be closed by the subscriber; a cancel before it is emitted ends the
  ///   load and closes it
  public static <R extends MmapRegion> Mono<R> open(Path path, OpenOptions<R> options) {
    return ReactiveRuntime.shared().open(path, options);
  }

  /// Opens a file, and closes it when what a function publishes of it has ended or is cancelled.
  ///
  /// @param function called once with the region, on a thread of the scheduler
  public static <R extends MmapRegion, T> Flux<T> using(
      Path path,
      OpenOptions<R> options,
      Function<? super R, ? extends Publisher<? extends T>> function) {
    return ReactiveRuntime.shared().using(path, options, function);
  }

  /// A file as slices of its mapping, the last one perhaps smaller. The pages of each are brought
  /// into memory before it is emitted, and those of up to 16 MiB behind it, or of one chunk if that
  /// is more, meanwhile; the kernel may take them back.
  ///
  /// @param chunkBytes of each, at least 1
  /// @return slices to be closed by the subscriber, in any order, also after the end
  public static Flux<MmapRegion> chunks(Path path, long chunkBytes) {
    return ReactiveRuntime.shared().chunks(path, chunkBytes);
  }

  /// What a function makes of each chunk of a file. Bytes are read into a buffer, which is charged
  /// to the runtime's budget with a second one for what is ahead; a subscription waits until there
  /// is room for them.
  ///
  /// @param chunkBytes of each, at least 1; the last one may be smaller
  public static <T> Flux<T> mapChunks(Path path, long chunkBytes, ChunkFunction<T> function) {
    return ReactiveRuntime.shared().mapChunks(path, chunkBytes, function);
  }

  /// The lines of a file, without their ends (LF or CRLF). A last line without an end counts, an
  /// empty one after the last end does not. Reads and holds one chunk of 256 KiB at a time, or more
  /// if one line is longer.
  ///
  /// A subscriber that requests all lines at once (`count`, `reduce`, `subscribe`, ... do) gets
  /// them from two threads of the scheduler in turn, never at a time: while one emits the lines of
  /// a chunk, the other makes those of the next. It holds them, but no thread, until it is its
  /// turn.
  ///
  /// Malformed bytes are [io.filewright.error.InvalidUtf8] or [InvalidText], a line of more than 64
  /// MiB is [io.filewright.error.TooLarge].
  ///
  /// @throws IllegalArgumentException if lines of this charset do not end with the single byte
  ///   0x0A, as those of UTF-16
  public static Flux<String> lines(Path path, Charset charset) {
    return ReactiveRuntime.shared().lines(path, charset);
  }

  /// The records of a file that end with a byte, without it. What stands behind the last one is a
  /// record too, unless it is empty. Threads and memory are those of [#lines].
  ///
  /// @return arrays that belong to the subscriber
  public static Flux<byte[]> records(Path path, byte delimiter) {
    return ReactiveRuntime.shared().records(path, delimiter);
  }

  /// Replaces a file by what a publisher emits, all or nothing, see [io.filewright.AtomicFile]. If
  /// the publisher fails, or this is cancelled before the commit, the old content stays.
  ///
  /// @param content the bytes of its buffers must not be changed once they are emitted; up to
  ///   [ReactiveRuntime#BUFFERS_AHEAD] of them wait to be written. Their positions stay, so those
  ///   of a publisher of the same buffers can be written again.
  /// @return how many bytes the file has, when they are on the disk
  public static Mono<Long> write(Path path, Publisher<ByteBuffer> content) {
    return ReactiveRuntime.shared().write(path, content);
  }

  /// A load's progress, then completion or the failure. Does not start the handle; a subscriber
  /// that requests less than there is misses some states. Emits on the runtime's callback executor.
  public static <R extends MmapRegion> Flux<Loading<R>> progress(AsyncFileHandle<R> handle) {
    return JdkFlowAdapter.flowPublisherToFlux(handle.progress());
  }

  /// The reports of a meter, the last of which is never missed.
  public static Flux<Progress> progress(ProgressMeter meter) {
    return JdkFlowAdapter.flowPublisherToFlux(meter);
  }
}
