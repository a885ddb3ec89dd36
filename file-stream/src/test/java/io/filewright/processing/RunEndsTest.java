package io.filewright.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.error.Cancelled;
import io.filewright.memory.MemoryBudget;
import io.filewright.stream.BatchSource;
import io.filewright.stream.BatchedSources;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.Results;
import io.filewright.stream.StreamConfig;
import io.filewright.stream.StreamMode;
import io.filewright.stream.StreamingProcessor;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How a run ends before its source does: interrupts, cancels, closes and failures, which do the
/// same whether the caller works or others do.
@Timeout(60)
class RunEndsTest {

  private static final int BYTES = 20_000;

  @TempDir private Path directory;
  private final MemoryBudget budget = MemoryBudget.ofBytes(16 << 20);
  private Path file = Path.of("");

  @BeforeEach
  void writeFile() throws Exception {
    file = Files.write(directory.resolve("data"), new byte[BYTES]);
  }

  @AfterEach
  void leavesNothing() {
    assertThat(Thread.interrupted()).isFalse();
    assertThat(budget.usedBytes()).isZero();
  }

  private ChunkSource source() {
    return ChunkSource.of(file).withChunkSize(100).withBudget(budget);
  }

  private static StreamingProcessor with(int workers) {
    return StreamingProcessor.of(
        StreamConfig.defaults().withMode(StreamMode.STREAM).withWorkers(workers));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void anInterruptStatusThatTheFunctionLeavesEndsNoWorker(int workers) throws Exception {
    long sum =
        with(workers)
            .aggregate(
                source(),
                () -> 0L,
                (before, chunk) -> {
                  Thread.currentThread().interrupt();
                  return before + chunk.byteSize();
                },
                Long::sum);
    assertThat(sum).isEqualTo(BYTES);
  }

  @Test
  void anInterruptStatusThatTheFunctionLeavesIsTheCallersWithOneWorker() throws Exception {
    try (var results =
        with(1)
            .process(
                source(),
                chunk -> {
                  Thread.currentThread().interrupt();
                  return chunk.index();
                })) {
      assertThat(results.next()).hasValue(0L);
      assertThatThrownBy(results::next).isInstanceOf(InterruptedException.class);
      assertThat(results.next()).hasValue(1L);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, pipe, cancel", "1, pipe, close", "1, publisher, cancel", "1, publisher, close",
    "2, pipe, cancel", "2, pipe, close", "2, publisher, cancel", "2, publisher, close",
  })
  void aWaitForWhatNeverComesIsEndedFromElsewhere(int workers, String what, String how)
      throws Exception {
    Pipe pipe = Pipe.open();
    try (var _ = pipe.sink();
        var source = pipe.source();
        var results = with(workers).process(silent(what, source), _ -> 1)) {
      var waiter = Thread.currentThread();
      Runnable end = how.equals("close") ? results::close : results::cancel;
      var ending =
          CompletableFuture.runAsync(
              () -> {
                awaitWait(waiter);
                end.run();
              });
      assertThatThrownBy(results::next)
          .isInstanceOf(Cancelled.class)
          .hasMessageStartingWith("process: the run was cancelled or closed");
      assertThatThrownBy(results::next).isInstanceOf(Cancelled.class);
      ending.join();
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  private BatchSource<?> silent(String what, Pipe.SourceChannel pipe) {
    return what.equals("pipe")
        ? ChunkSource.of(pipe, "pipe").withBudget(budget)
        : BatchedSources.of((Flow.Publisher<String>) RunEndsTest::neverPublish);
  }

  private static void neverPublish(Flow.Subscriber<? super String> subscriber) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long count) {}

          @Override
          public void cancel() {}
        });
  }

  /// A thread that reads a pipe is in the kernel, which Java calls runnable.
  private static void awaitWait(Thread thread) {
    while (java.util.Arrays.stream(thread.getStackTrace())
        .noneMatch(
            frame ->
                frame.getMethodName().equals("take")
                    || frame.getMethodName().equals("await")
                    || frame.getClassName().startsWith("sun.nio.ch"))) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void closeWaitsForTheFunction(int workers) throws Exception {
    var begun = new CountDownLatch(1);
    var release = new AtomicBoolean();
    var working = new AtomicBoolean(true);
    try (var results =
        with(workers)
            .process(
                source(),
                chunk -> {
                  begun.countDown();
                  while (!release.get()) { // deaf to interrupts
                    Thread.onSpinWait();
                  }
                  working.set(false);
                  return chunk.index();
                })) {
      Runnable close = results::close;
      var closing =
          CompletableFuture.supplyAsync(
              () -> {
                awaitLatch(begun);
                results.cancel();
                new Thread(() -> later(release)).start();
                close.run();
                return working.get() || budget.usedBytes() > 0;
              });
      assertThatThrownBy(results::next).isInstanceOf(Cancelled.class);
      assertThat(closing.get()).as("went on after close").isFalse();
    }
  }

  private static void later(AtomicBoolean release) {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    release.set(true);
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void closeByTheFunctionDoesNotWaitForItselfWithOneWorker() throws Exception {
    var holder = new AtomicReference<Results<Long>>();
    var results =
        with(1)
            .process(
                source(),
                chunk -> {
                  holder.get().close();
                  return chunk.index();
                });
    holder.set(results);
    assertThatThrownBy(results::next).isInstanceOf(Cancelled.class);
    assertThat(budget.usedBytes()).isZero();
    results.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void anErrorIsToldAgain(int workers) throws Exception {
    var error = new StackOverflowError("deep");
    try (var results =
        with(workers)
            .process(
                source(),
                _ -> {
                  throw error;
                })) {
      assertThatThrownBy(results::next).isSameAs(error);
      assertThatThrownBy(results::next).isSameAs(error);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void anUncheckedFailureOfTheSourceIsToldAgain(int workers) throws Exception {
    var failure = new IllegalArgumentException("iterator");
    var failing =
        new Iterator<String>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public String next() {
            throw failure;
          }
        };
    try (var results = with(workers).process(BatchedSources.of(failing), java.util.List::size)) {
      assertThatThrownBy(results::next).isSameAs(failure);
      assertThatThrownBy(results::next).isSameAs(failure);
    }
  }
}
