package io.filewright.reactor;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.Records;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// What [ReactiveFiles] does, with a runtime and a scheduler of one's own. Immutable, usable by any
/// thread; it owns neither of the two.
public final class ReactiveRuntime {

  /// How many buffers [#write] takes from its publisher before they are written.
  public static final int BUFFERS_AHEAD = 8;

  private final FileRuntime runtime;
  private final BlockingThreads threads;

  private ReactiveRuntime(FileRuntime runtime, Scheduler scheduler) {
    this.runtime = runtime;
    this.threads = new BlockingThreads(scheduler);
  }

  /// The shared runtime with [Schedulers#boundedElastic].
  public static ReactiveRuntime shared() {
    return of(FileRuntime.shared(), Schedulers.boundedElastic());
  }

  /// A runtime and a scheduler.
  ///
  /// @param scheduler runs all that may wait for the disk, and emits; on one whose threads must not
  ///   be blocked, such as [Schedulers#parallel], what reads or writes there fails with
  ///   [IllegalStateException]: all but [#open] and [#using]. Once it is disposed of, whether a
  ///   publisher that was at work still ends with a signal is up to what the scheduler drops; what
  ///   it holds is given back when it is cancelled.
  public static ReactiveRuntime of(FileRuntime runtime, Scheduler scheduler) {
    return new ReactiveRuntime(runtime, scheduler);
  }

  /// See [ReactiveFiles#open(Path, OpenOptions)].
  public <R extends MmapRegion> Mono<R> open(Path path, OpenOptions<R> options) {
    return new RegionMono<>(() -> runtime.openLazy(path, options), threads);
  }

  /// See [ReactiveFiles#using].
  public <R extends MmapRegion, T> Flux<T> using(
      Path path,
      OpenOptions<R> options,
      Function<? super R, ? extends Publisher<? extends T>> function) {
    return new FirstRequestFlux<>(
        Flux.usingWhen(
            Mono.fromSupplier(() -> runtime.openLazy(path, options)),
            handle ->
                Mono.fromFuture(handle::toCompletableFuture)
                    .publishOn(threads.scheduler())
                    .flatMapMany(function),
            handle -> threads.release(handle::close)));
  }

  /// See [ReactiveFiles#chunks].
  public Flux<MmapRegion> chunks(Path path, long chunkBytes) {
    checkSize(chunkBytes);
    return new PassFlux<>(() -> SlicePass.open(runtime, path, chunkBytes), threads.scheduler());
  }

  /// See [ReactiveFiles#mapChunks].
  public <T> Flux<T> mapChunks(Path path, long chunkBytes, ChunkFunction<T> function) {
    ChunkSource source = source(path).withChunkSize(chunkBytes);
    return new PassFlux<>(() -> MappingPass.open(source, function), threads.scheduler());
  }

  /// See [ReactiveFiles#lines].
  public Flux<String> lines(Path path, Charset charset) {
    return delimited(path, (byte) '\n', new LineDecoder(path, charset));
  }

  /// See [ReactiveFiles#records].
  public Flux<byte[]> records(Path path, byte delimiter) {
    return delimited(
        path,
        delimiter,
        (bytes, from, to, _) ->
            Arrays.copyOfRange(bytes, from, bytes[to - 1] == delimiter ? to - 1 : to));
  }

  /// See [ReactiveFiles#write].
  public Mono<Long> write(Path path, Publisher<ByteBuffer> content) {
    return Mono.usingWhen(
        Mono.fromSupplier(() -> new Writing(path)),
        writing ->
            threads
                .run(writing::open)
                .thenMany(content)
                .publishOn(threads.scheduler(), BUFFERS_AHEAD)
                .doOnNext(buffer -> writing.write(buffer.duplicate()))
                .then(threads.run(writing::commit)),
        writing -> threads.release(writing::close));
  }

  private <T> Flux<T> delimited(
      Path path, byte delimiter, RecordCutter.RecordFunction<T> function) {
    ChunkSource chunks = source(path).withRecords(Records.delimitedBy(delimiter));
    return new RecordFlux<>(new RecordSource<>(chunks, delimiter, function), threads.scheduler());
  }

  private ChunkSource source(Path path) {
    return ChunkSource.of(path).withRuntime(runtime);
  }

  private static void checkSize(long chunkBytes) {
    if (chunkBytes < 1) {
      throw new IllegalArgumentException("chunkBytes: " + chunkBytes);
    }
  }
}
