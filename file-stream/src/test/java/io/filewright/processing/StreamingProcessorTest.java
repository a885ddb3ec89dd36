package io.filewright.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.error.Cancelled;
import io.filewright.error.NotFound;
import io.filewright.memory.MemoryBudget;
import io.filewright.stream.BatchedSources;
import io.filewright.stream.Chunk;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.DoubleTotals;
import io.filewright.stream.LongTotals;
import io.filewright.stream.ProcessingFailed;
import io.filewright.stream.Progress;
import io.filewright.stream.Records;
import io.filewright.stream.Results;
import io.filewright.stream.StreamConfig;
import io.filewright.stream.StreamMode;
import io.filewright.stream.StreamingProcessor;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One run: order, failures, bounds, ends.
@Timeout(60)
class StreamingProcessorTest {

  private static final int CHUNKS = 200;
  private static final int CHUNK_BYTES = 100;

  @TempDir private Path directory;
  private final MemoryBudget budget = MemoryBudget.ofBytes(16 << 20);
  private Path file = Path.of("");

  @BeforeEach
  void writeFile() throws Exception {
    file = Files.write(directory.resolve("data"), new byte[CHUNKS * CHUNK_BYTES]);
  }

  @AfterEach
  void leavesNeitherThreadNorReservation() {
    assertThat(workers()).isEmpty();
    assertThat(budget.usedBytes()).isZero();
    assertThat(budget.stats().releases()).isEqualTo(budget.stats().reservations());
  }

  private ChunkSource source() {
    return ChunkSource.of(file).withChunkSize(CHUNK_BYTES).withBudget(budget);
  }

  private static StreamingProcessor with(int workers) {
    return StreamingProcessor.of(
        StreamConfig.defaults().withMode(StreamMode.STREAM).withWorkers(workers));
  }

  private static List<Thread> workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("filewright-stream-"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void deliversResultsInOrder(int workers) throws Exception {
    try (var results = with(workers).process(source(), StreamingProcessorTest::slowlyAtTimes)) {
      assertThat(results.toList())
          .isEqualTo(IntStream.range(0, CHUNKS).mapToObj(i -> (long) i * CHUNK_BYTES).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void tellsItsEndAgain(int workers) throws Exception {
    try (var results = with(workers).process(source(), Chunk::byteOffset)) {
      assertThat(results.toList()).hasSize(CHUNKS);
      assertThat(results.next()).isEmpty();
    }
    var source = source();
    Files.delete(file);
    try (var results = with(workers).process(source, Chunk::byteOffset)) {
      assertThatThrownBy(results::next).isInstanceOf(NotFound.class);
      assertThatThrownBy(results::next).isInstanceOf(NotFound.class);
    }
  }

  private static long slowlyAtTimes(Chunk chunk) throws InterruptedException {
    if (chunk.index() % 5 == 0) {
      Thread.sleep(1);
    }
    return chunk.byteOffset();
  }

  @Test
  void oneWorkerIsTheCaller() throws Exception {
    var threads = new ArrayList<Thread>();
    with(1)
        .process(source(), chunk -> threads.add(Thread.currentThread()))
        .forEach(result -> assertThat(result).isTrue());
    assertThat(threads).hasSize(CHUNKS).containsOnly(Thread.currentThread());
  }

  @Test
  void smallFileGoesDirectly() throws Exception {
    var direct = StreamingProcessor.of(StreamConfig.defaults().withWorkers(4));
    var whole = ChunkSource.of(file).withBudget(budget);
    List<Thread> threads = direct.process(whole, chunk -> Thread.currentThread()).toList();
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void directIsOneChunk() throws Exception {
    var config = StreamConfig.defaults().withMode(StreamMode.DIRECT);
    assertThat(StreamingProcessor.of(config).process(source(), Chunk::byteSize).toList())
        .containsExactly((long) CHUNKS * CHUNK_BYTES);
  }

  @Test
  void thresholdDecidesAboutArrays() throws Exception {
    var small = StreamConfig.defaults().withWorkers(2).withThreshold(999).withChunkSize(80);
    double[] values = new double[1000];
    var batches = StreamingProcessor.of(small).process(BatchedSources.of(values), b -> b.limit());
    assertThat(batches.toList()).hasSize(100).containsOnly(10);
    var large = StreamingProcessor.of(small.withThreshold(1000));
    assertThat(large.process(BatchedSources.of(values), b -> b.limit()).toList())
        .containsExactly(1000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void firstFailureInOrderIsToldAfterTheResultsBeforeIt(int workers) throws Exception {
    var begun = Collections.synchronizedList(new ArrayList<Long>());
    var behind = new AtomicReference<Thread>();
    try (var results =
        with(workers)
            .process(
                source(),
                chunk -> {
                  begun.add(chunk.index());
                  if (chunk.index() == 51) {
                    behind.set(Thread.currentThread());
                  }
                  if (chunk.index() == 50 && workers > 1) { // the one behind fails first
                    await(() -> behind.get() != null && !behind.get().isAlive());
                  }
                  if (chunk.index() == 50 || chunk.index() == 51) {
                    throw new IllegalStateException("bad byte");
                  }
                  return chunk.index();
                })) {
      for (long i = 0; i < 50; i++) {
        assertThat(results.next()).hasValue(i);
      }
      assertThatThrownBy(results::next)
          .isInstanceOf(ProcessingFailed.class)
          .hasMessage(
              "[%s] process(offset=5000, size=100): batch 50 was refused:"
                  + " java.lang.IllegalStateException: bad byte. Check what it holds, and the"
                  + " function that was given.",
              file)
          .hasCauseInstanceOf(IllegalStateException.class);
      assertThat(workers()).isEmpty();
    }
    assertThat(begun).hasSizeLessThanOrEqualTo(51 + 4 * 3).doesNotContain(100L);
  }

  @Test
  void anErrorIsThrownAsItIs() throws Exception {
    var error = new StackOverflowError("deep");
    try (var results =
        with(2)
            .process(
                source(),
                _ -> {
                  throw error;
                })) {
      assertThatThrownBy(results::next).isSameAs(error);
    }
  }

  @Test
  void missingFileFails() throws Exception {
    var missing = ChunkSource.of(directory.resolve("none")).withBudget(budget);
    try (var results = with(2).process(missing, Chunk::index)) {
      assertThatThrownBy(results::next).isInstanceOf(NotFound.class);
    }
  }

  @Test
  void recordBeyondTheLimitNamesItsOffset() throws Exception {
    Files.writeString(file, "ab\n" + "x".repeat(10_000) + "\n");
    var lines = source().withRecords(Records.lines()).withMaxRecordSize(1000);
    assertThatThrownBy(() -> with(3).process(lines, Chunk::index).toList())
        .hasMessageContaining("next(offset=3)");
  }

  @Test
  void workersWaitWhenNobodyAsks() throws Exception {
    var done = new AtomicInteger();
    int workers = 2;
    try (var results = with(workers).process(source(), _ -> done.incrementAndGet())) {
      await(() -> done.get() >= workers * 3);
      await(() -> workers().stream().allMatch(StreamingProcessorTest::waits));
      assertThat(done.get()).isEqualTo(workers * 3);
      assertThat(results.next()).isPresent();
      await(() -> done.get() == workers * 3 + 1);
    }
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.WAITING;
  }

  private static void await(java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(1);
    }
  }

  @Test
  void cancelEndsAWaitFromAnyThread() throws Exception {
    var begun = new CountDownLatch(1);
    try (var results = with(2).process(source(), _ -> waitForEver(begun))) {
      var canceller =
          Thread.ofVirtual()
              .start(
                  () -> {
                    awaitLatch(begun);
                    results.cancel();
                  });
      assertThatThrownBy(results::next)
          .isInstanceOf(Cancelled.class)
          .hasMessage(
              "process: the run was cancelled or closed. Begin another one if its results are still"
                  + " wanted.");
      canceller.join();
    }
  }

  private static int waitForEver(CountDownLatch begun) throws InterruptedException {
    begun.countDown();
    new CountDownLatch(1).await();
    return 0;
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void interruptEndsTheWaitAndNotTheRun() throws Exception {
    var release = new CountDownLatch(1);
    try (var results =
        with(2)
            .process(
                source(),
                chunk -> {
                  release.await();
                  return chunk.index();
                })) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(results::next).isInstanceOf(InterruptedException.class);
      release.countDown();
      assertThat(results.next()).hasValue(0L);
    }
  }

  @Test
  void interruptStopsTheCallerBetweenBatches() throws Exception {
    try (var results = with(1).process(source(), Chunk::index)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(results::next).isInstanceOf(InterruptedException.class);
      assertThat(results.next()).hasValue(0L);
      results.cancel();
      assertThatThrownBy(results::next).isInstanceOf(Cancelled.class);
    }
  }

  @Test
  void closingByAllWorkersDoesNotHang() throws Exception {
    var holder = new AtomicReference<Results<Long>>();
    var ready = new CountDownLatch(1);
    var atWork = new CountDownLatch(2);
    var closed = new CountDownLatch(2);
    var results =
        with(1)
            .withWorkers(2)
            .process(
                source(),
                chunk -> {
                  ready.await();
                  atWork.countDown();
                  while (atWork.getCount() > 0) {
                    Thread.onSpinWait(); // deaf to the interrupt that the other one's close brings
                  }
                  holder.get().close();
                  closed.countDown();
                  return chunk.index();
                });
    holder.set(results);
    ready.countDown();
    closed.await();
    while (budget.usedBytes() > 0) {
      Thread.onSpinWait(); // the last worker gives the memory back, without a close by anybody else
    }
    results.close();
  }

  @Test
  void streamIsLazyAndClosesBehindItself() throws Exception {
    try (Stream<Long> stream = with(3).process(source(), Chunk::index).stream()) {
      assertThat(stream.limit(3).toList()).containsExactly(0L, 1L, 2L);
      assertThat(workers()).isNotEmpty();
    }
  }

  @Test
  void streamWrapsFailures() throws Exception {
    var missing = ChunkSource.of(directory.resolve("none")).withBudget(budget);
    try (Stream<Long> stream = with(2).process(missing, Chunk::index).stream()) {
      assertThatThrownBy(stream::toList)
          .isInstanceOf(UncheckedIOException.class)
          .hasCauseInstanceOf(NotFound.class);
    }
  }

  @Test
  void aggregateOfNothingIsTheSeed() throws Exception {
    Files.write(file, new byte[0]);
    assertThat(
            with(2)
                .<Chunk, String>aggregate(source(), () -> "seed", (a, _) -> a + "!", (a, b) -> b))
        .isEqualTo("seed");
    var nothing = with(2).totals(new double[0]);
    assertThat(nothing.count()).isZero();
    assertThat(nothing.sum()).isZero();
    assertThat(nothing.mean()).isEmpty();
    assertThat(nothing.min()).isEmpty();
    assertThat(nothing.max()).isEmpty();
    assertThat(with(2).totals(new long[0])).hasToString(new LongTotals().toString());
    assertThat(new LongTotals().mean()).isEmpty();
  }

  @Test
  void totalsOfSpecialNumbersAreThoseOfPlus() throws Exception {
    var totals = with(2).totals(new double[] {Double.POSITIVE_INFINITY, 1, -1e308});
    assertThat(totals.sum()).isPositive().isInfinite();
    assertThat(with(2).totals(new double[] {1, Double.NaN}).sum()).isNaN();
    assertThat(with(2).totals(new double[] {1, Double.NaN}).max().orElseThrow()).isNaN();
    var both = new DoubleTotals().plus(Double.POSITIVE_INFINITY).plus(Double.NEGATIVE_INFINITY);
    assertThat(both.mean().orElseThrow()).isNaN();
    var beyond = new DoubleTotals().plus(Double.MAX_VALUE).plus(Double.MAX_VALUE);
    assertThat(beyond.sum()).isInfinite();
    assertThat(beyond.plus(-Double.MAX_VALUE).sum()).isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void longSumsDoNotOverflow() throws Exception {
    var totals = with(2).totals(new long[] {Long.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE});
    assertThat(totals.sum()).isEqualTo(BigInteger.valueOf(Long.MAX_VALUE - 1));
    assertThat(totals.mean()).hasValue((Long.MAX_VALUE - 1) / 3.0);
  }

  @Test
  void takesStreamsAndPublishers() throws Exception {
    var numbers = IntStream.range(0, 1000).boxed().toList();
    assertThat(flat(BatchedSources.of(numbers.stream()))).isEqualTo(numbers);
    var publisher = new SubmissionPublisher<Integer>();
    var feeder = Thread.ofVirtual().start(() -> publish(publisher, numbers));
    assertThat(flat(BatchedSources.of(publisher))).isEqualTo(numbers);
    feeder.join();
  }

  private static void publish(SubmissionPublisher<Integer> publisher, List<Integer> numbers) {
    try (publisher) {
      while (!publisher.hasSubscribers()) {
        Thread.onSpinWait();
      }
      numbers.forEach(publisher::submit);
    }
  }

  private static <T> List<T> flat(io.filewright.stream.BatchSource<List<T>> source)
      throws Exception {
    var config = StreamConfig.defaults().withWorkers(3).withChunkSize(64 * 7);
    try (var results = StreamingProcessor.of(config).process(source, List::copyOf)) {
      return results.stream().flatMap(List::stream).toList();
    }
  }

  @Test
  void failingPublisherFailsTheRun() throws Exception {
    try (var publisher = new SubmissionPublisher<Integer>()) {
      try (var results = with(2).process(BatchedSources.of(publisher), List::size)) {
        publisher.closeExceptionally(new IllegalStateException("line down"));
        assertThatThrownBy(results::next)
            .isInstanceOf(ProcessingFailed.class)
            .hasMessage(
                "next: the publisher failed: java.lang.IllegalStateException: line down. Check"
                    + " where it reads from.");
      }
    }
  }

  @Test
  void onePassSourcesRefuseASecondPass() throws Exception {
    var source = BatchedSources.of(List.of(1).iterator());
    assertThat(with(1).process(source, List::size).toList()).containsExactly(1);
    assertThatThrownBy(() -> with(1).process(source, List::size))
        .hasMessage("Its elements come only once.");
  }

  @Test
  void reportsProgressToTheEnd() throws Exception {
    var reports = Collections.synchronizedList(new ArrayList<Progress>());
    var config =
        StreamConfig.defaults()
            .withMode(StreamMode.STREAM)
            .withWorkers(2)
            .withProgress(reports::add);
    StreamingProcessor.of(config).process(source(), Chunk::index).toList();
    assertThat(reports.getLast().last()).isTrue();
    assertThat(reports.getLast().doneBytes()).isEqualTo(CHUNKS * CHUNK_BYTES);
    assertThat(reports.getLast().share()).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void countsTheRecordsOfOneSize(int workers) throws Exception {
    Files.write(file, new byte[4_000_000]);
    var reports = Collections.synchronizedList(new ArrayList<Progress>());
    var config = StreamConfig.defaults().withWorkers(workers).withProgress(reports::add);
    var bytes = ChunkSource.of(file).withBudget(budget);
    StreamingProcessor.of(config).process(bytes.withRecords(Records.ofSize(10)), _ -> 1).toList();
    assertThat(reports.getLast().records()).isEqualTo(400_000);
    assertThat(reports).extracting(Progress::records).anyMatch(n -> n >= 100_000 && n < 200_000);
    reports.clear();
    StreamingProcessor.of(config).process(bytes, _ -> 1).toList();
    assertThat(reports.getLast().records()).as("bytes are no records").isZero();
  }

  @Test
  void waitsForItsMemory() throws Exception {
    var small = MemoryBudget.ofBytes(budget.limitBytes());
    var all = small.tryReserve(small.limitBytes()).orElseThrow();
    var giver =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    await(small::isContended);
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                  all.close();
                });
    var config = StreamConfig.defaults().withWorkers(2).withMemoryLimit(small);
    var processor = StreamingProcessor.of(config.withMode(StreamMode.STREAM));
    assertThat(processor.process(source(), Chunk::index).toList()).hasSize(CHUNKS);
    giver.join();
    assertThat(small.usedBytes()).isZero();
  }
}
