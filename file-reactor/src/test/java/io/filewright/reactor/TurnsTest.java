package io.filewright.reactor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.FileRuntime;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.Records;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

final class TurnsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LINES = 20_000;
  private static final long CHUNK_BYTES = 8 << 10;
  private static final int TWO = 2;

  @TempDir Path folder;

  private final FileRuntime runtime = FileRuntime.shared();
  private final List<String> lines =
      IntStream.range(0, LINES).mapToObj(i -> i + "-" + "x".repeat(i % 61)).toList();
  private final AtomicInteger made = new AtomicInteger();
  private Path file;
  private Held before;

  @BeforeEach
  void writeFile() throws Exception {
    file = Files.write(folder.resolve("lines"), lines);
    before = Held.now(runtime, folder);
  }

  @AfterEach
  void nothingIsHeld() throws Exception {
    before.awaitAgain(runtime, folder);
  }

  @Test
  void severalThreadsEmitInOrderAndNeverAtATime() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    var emitting = new AtomicBoolean();
    var overlaps = new AtomicInteger();
    var random = new Random(1);
    List<String> emitted = new ArrayList<>();

    lines(Schedulers.boundedElastic())
        .doOnNext(
            line -> {
              if (!emitting.compareAndSet(false, true)) {
                overlaps.incrementAndGet();
              }
              threads.add(Thread.currentThread());
              emitted.add(line);
              if (random.nextInt(500) == 0) {
                LockSupport.parkNanos(100_000); // now the other one has made its chunk, now not
              }
              emitting.set(false);
            })
        .blockLast(PATIENCE);

    assertThat(emitted).isEqualTo(lines);
    assertThat(overlaps).hasValue(0);
    assertThat(threads).hasSizeGreaterThan(1);
  }

  @Test
  void oneThreadDoesItAll() {
    var single = Schedulers.newBoundedElastic(1, 100, "alone");
    var atOnce = Schedulers.fromExecutor(Runnable::run);
    assertThat(lines(single).collectList().block(PATIENCE)).isEqualTo(lines);
    assertThat(lines(atOnce).collectList().block(PATIENCE)).isEqualTo(lines);
    single.dispose();
  }

  @Test
  void aFewRequestedAreMadeByOneWorker() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    List<String> emitted =
        lines(Schedulers.boundedElastic())
            .doOnNext(_ -> threads.add(Thread.currentThread()))
            .limitRate(100)
            .collectList()
            .block(PATIENCE);
    assertThat(emitted).isEqualTo(lines);
    assertThat(threads).hasSize(1);
  }

  @Test
  void whoIsSlowHasAChunkMadeAheadAndNoMore() throws Exception {
    var stopped = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var all =
        lines(Schedulers.boundedElastic())
            .doOnNext(
                line -> {
                  if (line.equals(lines.get(LINES / 2))) {
                    stopped.countDown();
                    await(goOn);
                  }
                })
            .count()
            .toFuture();
    await(stopped);
    int chunkLines = (int) (LINES * CHUNK_BYTES / Files.size(file));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (made.get() < LINES / 2 + chunkLines / 2 && System.nanoTime() < deadline) {
      Thread.sleep(1);
    }
    Thread.sleep(50); // for what must not be made

    assertThat(made.get() - LINES / 2).isBetween(chunkLines / 2, 3 * chunkLines);
    goOn.countDown();
    assertThat(all.get(20, TimeUnit.SECONDS)).isEqualTo(LINES);
  }

  @Test
  void theRecordsBeforeOneThatFailsAreEmittedFirst() {
    var random = new Random(2);
    for (int i = 0; i < 40; i++) {
      String bad = lines.get(random.nextInt(LINES));
      List<String> emitted = new ArrayList<>();
      var subscriber = new Ending(emitted, Integer.MAX_VALUE);
      flux(
              Schedulers.boundedElastic(),
              text -> {
                if (text.equals(bad)) {
                  throw new IllegalStateException(bad);
                }
                return text;
              })
          .subscribe(subscriber);
      assertThat(subscriber.await()).hasMessage(bad);
      assertThat(emitted).isEqualTo(lines.subList(0, lines.indexOf(bad)));
    }
  }

  @Test
  void aSubscriberThatThrowsGetsOneErrorAndNothingElse() throws Exception {
    var random = new Random(3);
    for (int i = 0; i < 40; i++) {
      int bad = random.nextInt(LINES);
      var subscriber = new Throwing(lines.get(bad));
      lines(Schedulers.boundedElastic()).subscribe(subscriber);
      await(subscriber.ended);
      before.awaitAgain(runtime, folder);
      assertThat(subscriber.signals).hasSize(bad + 1);
      assertThat(subscriber.signals.subList(0, bad)).isEqualTo(lines.subList(0, bad));
      assertThat(subscriber.signals.get(bad))
          .isEqualTo(new IllegalStateException("bad").toString());
    }
  }

  @Test
  void whoWaitsWithinForTheSameSchedulerHasItsOtherThread() {
    var two = Schedulers.newBoundedElastic(2, 100, "two");
    long[] counts = {0, 0};
    lines(two)
        .doOnNext(
            line -> {
              if (counts[0]++ % 5_000 == 4_000) {
                awaitOtherAtRest("two-"); // when the chunk behind has been made
                counts[1] += lines(two).count().block(PATIENCE);
              }
            })
        .blockLast(PATIENCE);
    assertThat(counts).containsExactly(LINES, 4 * LINES);
    two.dispose();
  }

  private static void awaitOtherAtRest(String name) {
    while (Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .filter(thread -> !thread.equals(Thread.currentThread()))
        .anyMatch(thread -> thread.getState() == Thread.State.RUNNABLE)) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void aCancelFromWithinIsTheLastSignal() throws Exception {
    var random = new Random(4);
    for (int i = 0; i < 60; i++) {
      int count = 1 + random.nextInt(LINES - 1);
      List<String> emitted = new ArrayList<>();
      var subscriber = new Ending(emitted, count);
      lines(Schedulers.boundedElastic()).subscribe(subscriber);
      assertThat(subscriber.await()).isNull();
      before.awaitAgain(runtime, folder);
      assertThat(emitted).isEqualTo(lines.subList(0, count));
    }
  }

  @Test
  void aCancelFromOutsideAtAnyTimeLeavesNothing() throws Exception {
    var random = new Random(5);
    int cancelled = 0;
    for (int i = 0; i < 200; i++) {
      List<String> emitted = new ArrayList<>();
      var subscriber = new Ending(emitted, Integer.MAX_VALUE);
      lines(Schedulers.boundedElastic()).subscribe(subscriber);
      LockSupport.parkNanos(random.nextInt(3_000_000));
      subscriber.cancel();
      cancelled += subscriber.signals.get() == 0 ? 1 : 0;
    }
    assertThat(cancelled).isGreaterThan(20);
    before.awaitAgain(runtime, folder);
  }

  private Flux<String> lines(Scheduler scheduler) {
    return flux(scheduler, text -> text);
  }

  private Flux<String> flux(Scheduler scheduler, UnaryOperator<String> function) {
    var decoder = new LineDecoder(file, UTF_8);
    var chunks =
        ChunkSource.of(file)
            .withChunkSize(CHUNK_BYTES)
            .withRecords(Records.delimitedBy((byte) '\n'));
    var source =
        new RecordSource<>(
            chunks,
            (byte) '\n',
            (bytes, from, to, offset) -> {
              made.incrementAndGet();
              return function.apply(decoder.apply(bytes, from, to, offset));
            });
    return new RecordFlux<>(source, scheduler, TWO);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// One that keeps no rule, so that all it gets can be seen.
  private static final class Throwing implements CoreSubscriber<String> {

    final List<String> signals = new CopyOnWriteArrayList<>();
    final CountDownLatch ended = new CountDownLatch(1);
    private final String bad;
    private final List<String> emitted = new ArrayList<>();

    Throwing(String bad) {
      this.bad = bad;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      if (line.equals(bad)) {
        throw new IllegalStateException("bad");
      }
      emitted.add(line);
    }

    @Override
    public void onError(Throwable error) {
      signals.addAll(emitted);
      signals.add(error.toString());
      ended.countDown();
    }

    @Override
    public void onComplete() {
      signals.add("complete");
      ended.countDown();
    }
  }

  /// Keeps what it gets, and cancels behind so many.
  private static final class Ending extends BaseSubscriber<String> {

    final AtomicInteger signals = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<String> emitted;
    private final int count;
    private volatile Throwable error;

    Ending(List<String> emitted, int count) {
      this.emitted = emitted;
      this.count = count;
    }

    @Override
    protected void hookOnNext(String line) {
      emitted.add(line);
      if (emitted.size() == count) {
        cancel();
      }
    }

    @Override
    protected void hookOnError(Throwable e) {
      error = e;
    }

    @Override
    protected void hookFinally(SignalType type) {
      if (type != SignalType.CANCEL) {
        signals.incrementAndGet();
      }
      ended.countDown();
    }

    Throwable await() {
      TurnsTest.await(ended);
      return error;
    }
  }
}
