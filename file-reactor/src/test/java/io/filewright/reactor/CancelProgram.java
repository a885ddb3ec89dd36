package io.filewright.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.AsyncFileHandle;
import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.stream.Chunk;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.ProgressMeter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Operators;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;

/// Subscribes to each publisher in turn, cancels it in one way or another, and compares what is
/// held afterwards with what was held after a warm-up. Prints one line of figures.
///
/// Arguments: an empty folder, and how many cancels.
final class CancelProgram {

  private static final int LATEST_NANOS = 1_000_000;
  private static final int MOST_ELEMENTS = 64;
  private static final long CHUNK_BYTES = 16L << 10;
  private static final int WRITTEN_BYTES = 40 * 4096;
  private static final int WARM_UP_SHARE = 5;
  private static final int LEAST_WARM_UP = 1_000;

  private final FileRuntime runtime = FileRuntime.shared();
  private final AtomicInteger cancelled = new AtomicInteger();
  private final AtomicInteger secondTerminals = new AtomicInteger();
  private final ExecutorService others = Executors.newVirtualThreadPerTaskExecutor();
  private final Path folder;
  private final Path file;
  private final Path target;
  private final List<Supplier<Publisher<?>>> publishers;

  private CancelProgram(Path folder) throws IOException {
    this.folder = folder;
    this.file = Files.writeString(folder.resolve("data"), "a line of text\n".repeat(20_000));
    this.target = Files.writeString(folder.resolve("target"), "old");
    this.publishers = Stream.concat(reactive(), flow()).toList();
  }

  public static void main(String[] arguments) throws Exception {
    // What comes too late for an operator is let go of here, as Reactor wants it.
    Hooks.onNextDropped(CancelProgram::close);
    int count = Integer.parseInt(arguments[1]);
    var program = new CancelProgram(Path.of(arguments[0]));
    Held before = Held.now(program.runtime, program.folder);
    program.cancelAtRandom(new Random(1), Math.max(LEAST_WARM_UP, count / WARM_UP_SHARE));
    before.awaitAgain(program.runtime, program.folder);
    long anonymousKib = program.settledAnonymousKib();

    program.cancelled.set(0);
    program.cancelAtRandom(new Random(count), count);

    before.awaitAgain(program.runtime, program.folder);
    int cancelled = program.cancelled.get();
    assertThat(program.runtime.stats().leakedRegions()).isZero();
    assertThat(program.secondTerminals).hasValue(0);
    assertThat(cancelled).isGreaterThan(count / 2);
    assertThat(Files.size(program.target)).isIn(3L, (long) WRITTEN_BYTES);
    System.out.printf(
        "%d cancels, %d before the end: RssAnon %+d KiB, %s%n",
        count, cancelled, program.settledAnonymousKib() - anonymousKib, before);
  }

  private Stream<Supplier<Publisher<?>>> reactive() {
    return Stream.of(
        () -> ReactiveFiles.open(file),
        () ->
            ReactiveFiles.using(
                file,
                OpenOptions.readOnly(),
                region -> Flux.range(0, 10_000).map(i -> i + region.byteSize())),
        () -> ReactiveFiles.chunks(file, CHUNK_BYTES),
        () ->
            ReactiveFiles.chunks(file, CHUNK_BYTES)
                .map(CancelProgram::sizeAndClose) // as publishOn loses what it holds
                .publishOn(Schedulers.parallel()),
        () -> ReactiveFiles.mapChunks(file, CHUNK_BYTES, chunk -> chunk.byteSize()),
        () -> ReactiveFiles.lines(file, StandardCharsets.UTF_8),
        () -> ReactiveFiles.records(file, (byte) '\n'),
        () ->
            ReactiveFiles.write(
                target, Flux.range(0, 40).map(_ -> ByteBuffer.wrap(new byte[WRITTEN_BYTES / 40]))),
        () -> ofHandle(ReactiveFiles::progress),
        () ->
            Flux.using(
                () -> ProgressMeter.ofTotal(10), ReactiveFiles::progress, ProgressMeter::close));
  }

  private static long sizeAndClose(MmapRegion chunk) {
    try (chunk) {
      return chunk.byteSize();
    }
  }

  /// Those without Reactor.
  private Stream<Supplier<Publisher<?>>> flow() {
    return Stream.of(
        () -> adapted(ChunkSource.of(file).withChunkSize(CHUNK_BYTES).publisher(others)),
        () -> ofHandle(handle -> adapted(handle.progress())));
  }

  private static <T> Flux<T> adapted(Flow.Publisher<T> publisher) {
    return JdkFlowAdapter.flowPublisherToFlux(publisher);
  }

  private Flux<Object> ofHandle(Function<AsyncFileHandle<MmapRegion>, Flux<?>> progress) {
    return Flux.using(
        () -> runtime.openLazy(file, OpenOptions.readOnly().withPrefault(Prefault.ALL)),
        handle -> progress.apply(handle).doOnSubscribe(_ -> handle.start()),
        AsyncFileHandle::close);
  }

  /// How a subscription ends before its publisher does.
  private enum Way {
    /// Before anything is asked for.
    UNASKED,
    /// From within the n-th element.
    ELEMENT,
    /// By another thread, at any moment.
    THREAD,
    /// The same, when all has been asked for.
    ALL_ASKED,
    /// By an operator, behind the n-th element.
    TAKE,
    /// By an operator, when its time is over.
    TIMEOUT
  }

  private void cancelAtRandom(Random random, int count) {
    for (int i = 0; i < count; i++) {
      Flux<?> flux = Flux.from(publishers.get(i % publishers.size()).get()).doFinally(this::count);
      Way way = Way.values()[random.nextInt(Way.values().length)];
      int elements = 1 + random.nextInt(MOST_ELEMENTS);
      int nanos = random.nextInt(LATEST_NANOS);
      Flux<?> limited =
          switch (way) {
            case TAKE -> flux.take(elements);
            case TIMEOUT -> flux.take(Duration.ofNanos(nanos));
            case UNASKED, ELEMENT, THREAD, ALL_ASKED -> flux;
          };
      var subscriber = new Closing(way, elements);
      limited
          .doOnDiscard(MmapRegion.class, MmapRegion::close)
          .doOnDiscard(Chunk.class, Chunk::close)
          .subscribe(subscriber);
      LockSupport.parkNanos(nanos);
      if (way == Way.THREAD || way == Way.ALL_ASKED) {
        others.execute(subscriber::cancel);
      } else {
        subscriber.cancel();
      }
    }
  }

  private void count(SignalType end) {
    if (end == SignalType.CANCEL) {
      cancelled.incrementAndGet();
    }
  }

  private static void close(Object value) {
    switch (value) {
      case MmapRegion region -> region.close();
      case Chunk chunk -> chunk.close();
      default -> {}
    }
  }

  private long settledAnonymousKib() throws Exception {
    for (int i = 0; i < 3; i++) {
      System.gc(); // Cleaners free what is native
      Thread.sleep(100);
    }
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("RssAnon:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    }
  }

  /// Asks for a few at a time, and closes what has to be closed. It forgives nothing, as a
  /// `BaseSubscriber` does a second terminal signal.
  private final class Closing implements CoreSubscriber<Object> {

    private final AtomicInteger terminals = new AtomicInteger();
    private final Way way;
    private final int elements;
    private int got;
    private final AtomicReference<Subscription> subscription = new AtomicReference<>();

    Closing(Way way, int elements) {
      this.way = way;
      this.elements = elements;
    }

    @Override
    public void onSubscribe(Subscription upstream) {
      if (!subscription.compareAndSet(null, upstream)) { // cancelled before there was any
        upstream.cancel();
      } else if (way != Way.UNASKED) {
        upstream.request(way == Way.ALL_ASKED ? Long.MAX_VALUE : elements);
      }
    }

    @Override
    public void onNext(Object value) {
      close(value);
      got++;
      if (got % elements == 0) {
        if (way == Way.ELEMENT) {
          cancel();
        } else if (elements % 2 == 0
            && way != Way.ALL_ASKED) { // the others are cancelled while they rest
          subscription.get().request(elements);
        }
      }
    }

    @Override
    public void onError(Throwable error) {
      end();
    }

    @Override
    public void onComplete() {
      end();
    }

    void cancel() {
      var upstream = subscription.getAndSet(Operators.cancelledSubscription());
      if (upstream != null) {
        upstream.cancel();
      }
    }

    private void end() {
      if (terminals.incrementAndGet() > 1) {
        secondTerminals.incrementAndGet();
      }
    }
  }
}
