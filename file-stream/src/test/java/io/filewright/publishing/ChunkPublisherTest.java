package io.filewright.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.error.NotFound;
import io.filewright.memory.MemoryBudget;
import io.filewright.stream.Chunk;
import io.filewright.stream.ChunkPublisher;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.Records;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a subscriber gets, with an executor that runs tasks when the test says so.
class ChunkPublisherTest {

  @TempDir private Path directory;
  private final MemoryBudget budget = MemoryBudget.ofBytes(16 << 20);
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Subscribed subscriber = new Subscribed();

  @AfterEach
  void givesAllMemoryBack() {
    subscriber.subscriptions.forEach(Flow.Subscription::cancel);
    subscriber.chunks.forEach(Chunk::close);
    run();
    assertThat(budget.usedBytes()).isZero();
  }

  private void run() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  private ChunkSource source(int chunks) throws Exception {
    Path file = Files.write(directory.resolve("data"), new byte[chunks]);
    return ChunkSource.of(file).withChunkSize(1).withBudget(budget);
  }

  private void subscribe(ChunkSource source) {
    source.publisher(tasks::add).subscribe(subscriber);
    run();
  }

  private static final class Subscribed implements Flow.Subscriber<Chunk> {

    private final List<Chunk> chunks = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final List<Flow.Subscription> subscriptions = new ArrayList<>();

    void request(long count) {
      subscriptions.getFirst().request(count);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscriptions.add(subscription);
    }

    @Override
    public void onNext(Chunk chunk) {
      chunks.add(chunk);
    }

    @Override
    public void onError(Throwable failure) {
      ends.add("failed");
      failures.add(failure);
    }

    @Override
    public void onComplete() {
      ends.add("complete");
    }
  }

  @Test
  void whoRequestsDoesNotDoTheWork() throws Exception {
    subscribe(source(3));
    subscriber.request(2);
    assertThat(subscriber.chunks).isEmpty();
    assertThat(budget.usedBytes()).isZero();
    run();
    assertThat(subscriber.chunks).hasSize(2);
    assertThat(subscriber.ends).isEmpty();
  }

  @Test
  void theEndComesWithTheLastChunk() throws Exception {
    subscribe(source(3));
    subscriber.request(3);
    run();
    assertThat(subscriber.chunks).extracting(Chunk::byteOffset).containsExactly(0L, 1L, 2L);
    assertThat(subscriber.ends).containsExactly("complete");
    subscriber.request(1);
    run();
    assertThat(subscriber.ends).hasSize(1);
  }

  @Test
  void waitsUntilAChunkIsClosed() throws Exception {
    subscribe(source(10));
    subscriber.request(Long.MAX_VALUE);
    run();
    assertThat(subscriber.chunks).hasSize(ChunkPublisher.IN_FLIGHT);
    subscriber.chunks.get(1).close();
    assertThat(subscriber.chunks).hasSize(ChunkPublisher.IN_FLIGHT);
    run();
    assertThat(subscriber.chunks).hasSize(ChunkPublisher.IN_FLIGHT + 1);
    assertThat(subscriber.chunks.get(2).toByteArray()).containsExactly(0);
  }

  @Test
  void cancelGivesBackAllButTheSubscribersChunks() throws Exception {
    subscribe(source(10));
    subscriber.request(2);
    run();
    subscriber.subscriptions.getFirst().cancel();
    run();
    assertThat(subscriber.chunks.getFirst().toByteArray()).hasSize(1);
    assertThat(budget.usedBytes()).isPositive();
    subscriber.request(1);
    run();
    assertThat(subscriber.chunks).hasSize(2);
    assertThat(subscriber.ends).isEmpty();
    subscriber.chunks.forEach(Chunk::close);
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void requestOfNothingIsAFailure() throws Exception {
    subscribe(source(1));
    subscriber.request(0);
    run();
    assertThat(subscriber.ends).containsExactly("failed");
    assertThat(subscriber.failures.getFirst())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("request(0): at least 1 chunk has to be requested (rule 3.9)");
  }

  @Test
  void missingFileIsAFailure() {
    subscribe(ChunkSource.of(directory.resolve("none")).withBudget(budget));
    subscriber.request(1);
    run();
    assertThat(subscriber.ends).containsExactly("failed");
    assertThat(subscriber.failures.getFirst()).isInstanceOf(NotFound.class);
  }

  @Test
  void failureInTheMiddleIsTheOnlyEnd() throws Exception {
    Path file = Files.writeString(directory.resolve("data"), "ab\n" + "x".repeat(10_000) + "\n");
    subscribe(
        ChunkSource.of(file)
            .withBudget(budget)
            .withRecords(Records.lines())
            .withChunkSize(3)
            .withMaxRecordSize(100));
    subscriber.request(5);
    run();
    assertThat(new String(subscriber.chunks.getFirst().toByteArray(), StandardCharsets.US_ASCII))
        .isEqualTo("ab\n");
    assertThat(subscriber.ends).containsExactly("failed");
    assertThat(subscriber.failures.getFirst()).hasMessageContaining("next(offset=3)");
  }

  @Test
  void executorThatRefusesTellsTheSubscribing() throws Exception {
    var executor = Executors.newSingleThreadExecutor();
    executor.shutdown();
    var publisher = source(1).publisher(executor);
    assertThatThrownBy(() -> publisher.subscribe(subscriber))
        .isInstanceOf(RejectedExecutionException.class);
    executor.close();
  }
}
