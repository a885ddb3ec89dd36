package io.filewright.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.error.IsDirectory;
import io.filewright.error.MemoryLimitExceeded;
import io.filewright.memory.MemoryBudget;
import io.filewright.stream.ChunkSink;
import io.filewright.stream.SinkSubscriber;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Most tests run each task by hand, so that it is known what happens when.
@Timeout(30)
class SinkSubscriberTest {

  @TempDir Path folder;
  private Path target = Path.of("");
  private final MemoryBudget budget = MemoryBudget.ofBytes(1 << 20);
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Upstream upstream = new Upstream();

  @BeforeEach
  void writeTarget() throws IOException {
    target = Files.writeString(folder.resolve("target"), "old");
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertThat(budget.usedBytes()).isZero();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".filewright"));
    }
  }

  @Test
  void writesAllOfAPublisherAndCommits() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      SinkSubscriber subscriber = subscriber(threads);
      try (var publisher = new SubmissionPublisher<ByteBuffer>(threads, 2)) {
        publisher.subscribe(subscriber);
        for (int i = 0; i < 10_000; i++) {
          publisher.submit(bytes("%05d".formatted(i)));
        }
      }
      assertThat(subscriber.result().get(30, TimeUnit.SECONDS)).isEqualTo(50_000);
    }
    String all = Files.readString(target);
    for (int i = 0; i < 10_000; i++) {
      assertThat(all.substring(5 * i, 5 * i + 5)).isEqualTo("%05d".formatted(i));
    }
  }

  @Test
  void asksForAFewAndForOneMoreAfterEachWrite() throws Exception {
    SinkSubscriber subscriber = subscriber(tasks::add);
    subscriber.onSubscribe(upstream);
    assertThat(upstream.requested).as("nothing runs on the publisher's thread").isZero();
    runTasks();
    assertThat(upstream.requested).isEqualTo(SinkSubscriber.REQUESTED);
    subscriber.onNext(bytes("ne"));
    subscriber.onNext(bytes("w"));
    assertThat(upstream.requested).isEqualTo(SinkSubscriber.REQUESTED);
    runTasks();
    assertThat(upstream.requested).isEqualTo(SinkSubscriber.REQUESTED + 2);
    subscriber.onNext(bytes(""));
    subscriber.onComplete();
    assertThat(target).hasContent("old");
    runTasks();
    assertThat(subscriber.result().get()).isEqualTo(3);
    assertThat(upstream.requested)
        .as("nothing is asked of a publisher that has ended")
        .isEqualTo(SinkSubscriber.REQUESTED + 2);
    assertThat(target).hasContent("new");
    assertThat(upstream.cancelled).isFalse();
  }

  @Test
  void rollsBackWhenThePublisherFails() {
    SinkSubscriber subscriber = begun();
    var failure = new IOException("upstream");
    subscriber.onError(failure);
    runTasks();
    assertFails(subscriber, failure);
    assertThat(upstream.cancelled).as("a subscription that has ended").isFalse();
    assertThat(target).hasContent("old");
  }

  @Test
  void rollsBackWhenTheResultIsCancelled() {
    SinkSubscriber subscriber = begun();
    subscriber.result().cancel(false);
    runTasks();
    assertThat(upstream.cancelled).isTrue();
    subscriber.onNext(bytes("late"));
    subscriber.onComplete();
    runTasks();
    assertThat(target).hasContent("old");
  }

  @Test
  void rollsBackWhatNobodyAskedFor() {
    SinkSubscriber subscriber = flooded();
    assertThatThrownBy(() -> subscriber.result().get())
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("onNext was called without a request");
    assertThat(upstream.cancelled).isTrue();
    assertThat(target).hasContent("old");
  }

  @Test
  void refusesToBeginInTheMiddle() {
    SinkSubscriber subscriber = subscriber(Runnable::run);
    subscriber.onComplete();
    assertThatThrownBy(() -> subscriber.result().get())
        .cause()
        .hasMessage("onComplete was called before onSubscribe");
    subscriber.onSubscribe(upstream);
    assertThat(upstream.cancelled).isTrue();
    assertThat(target).hasContent("old");
  }

  @Test
  void refusesASecondSubscription() throws Exception {
    SinkSubscriber subscriber = begun();
    var second = new Upstream();
    subscriber.onSubscribe(second);
    assertThat(second.cancelled).isTrue();
    assertThat(upstream.cancelled).isFalse();
    subscriber.onComplete();
    runTasks();
    assertThat(subscriber.result().get()).isEqualTo(5);
  }

  @Test
  void refusesNulls() {
    SinkSubscriber subscriber = begun();
    assertThatThrownBy(() -> subscriber.onNext(nothing())).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> subscriber.onError(nothing()))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> subscriber.onSubscribe(nothing()))
        .isInstanceOf(NullPointerException.class);
    subscriber.result().cancel(false);
    runTasks();
  }

  @Test
  void aFailedCommitIsTheResult() throws Exception {
    SinkSubscriber subscriber = begun();
    Files.delete(target);
    Files.createDirectory(target);
    subscriber.onComplete();
    runTasks();
    assertThatThrownBy(() -> subscriber.result().get()).cause().isInstanceOf(IsDirectory.class);
    assertThat(upstream.cancelled).as("a subscription that has ended").isFalse();
  }

  @Test
  void rollsBackThoughAllHasArrivedWhenTheResultIsCancelled() {
    SinkSubscriber subscriber = begun();
    subscriber.onNext(bytes("new"));
    subscriber.onNext(bytes("new"));
    subscriber.onComplete();
    assertThat(subscriber.result().cancel(false)).isTrue();
    runTasks();
    assertThat(target).hasContent("old");
  }

  @Test
  void doesNotBeginWhenTheResultIsCancelledBefore() {
    SinkSubscriber subscriber = subscriber(tasks::add);
    subscriber.onSubscribe(upstream);
    subscriber.result().cancel(false);
    runTasks();
    assertThat(upstream.requested).isZero();
    assertThat(upstream.cancelled).isTrue();
  }

  @Test
  void aSubscriptionThatCannotBeCancelledIsNoObstacle() {
    upstream.failure = new UnsupportedOperationException("cancel");
    SinkSubscriber subscriber = flooded();
    assertThatThrownBy(() -> subscriber.result().get())
        .cause()
        .hasMessage("onNext was called without a request")
        .hasSuppressedException(upstream.failure);
    assertThat(target).hasContent("old");
  }

  @Test
  void aSubscriptionThatAlwaysFailsAlikeIsNoObstacle() {
    upstream.failure = new UnsupportedOperationException("cancel");
    upstream.refusesRequests = true;
    SinkSubscriber subscriber = subscriber(tasks::add);
    subscriber.onSubscribe(upstream);
    runTasks();
    assertFails(subscriber, upstream.failure);
  }

  @Test
  void cancellingGivesUpTheWaitForMemory() {
    SinkSubscriber subscriber = subscriber(Runnable::run);
    try (var _ = budget.tryReserve(budget.limitBytes()).orElseThrow()) {
      subscriber.onSubscribe(upstream);
      assertThat(upstream.cancelled).isFalse();
      assertThat(subscriber.result().cancel(false)).isTrue();
      assertThat(upstream.cancelled).isTrue();
    }
    assertThat(budget.isContended()).isFalse();
    assertThat(upstream.requested).isZero();
  }

  @Test
  void saysThatTheBudgetWillNeverHaveRoom() {
    SinkSubscriber subscriber =
        ChunkSink.replacing(target)
            .withBudget(budget)
            .withBufferSize(budget.limitBytes())
            .subscriber(Runnable::run);
    subscriber.onSubscribe(upstream);
    assertThatThrownBy(() -> subscriber.result().get())
        .cause()
        .isInstanceOf(MemoryLimitExceeded.class)
        .hasMessageEndingWith("Allow a larger budget, or a smaller buffer (withBufferSize).");
    assertThat(upstream.cancelled).isTrue();
  }

  @Test
  void sinksThatShareAThreadAndABufferTakeTurns() throws Exception {
    var oneBuffer = MemoryBudget.ofBytes(ChunkSink.DEFAULT_BUFFER_BYTES + 4096);
    try (var thread = Executors.newSingleThreadExecutor()) {
      List<SinkSubscriber> subscribers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        ChunkSink sink = ChunkSink.replacing(folder.resolve("sink" + i)).withBudget(oneBuffer);
        SinkSubscriber subscriber = sink.subscriber(thread);
        subscribers.add(subscriber);
        try (var publisher = new SubmissionPublisher<ByteBuffer>()) {
          publisher.subscribe(subscriber);
          for (int item = 0; item < i; item++) { // the first of them is empty
            publisher.submit(bytes("item"));
          }
        }
      }
      for (int i = 0; i < 3; i++) {
        assertThat(subscribers.get(i).result().get(10, TimeUnit.SECONDS)).isEqualTo(4L * i);
        assertThat(folder.resolve("sink" + i)).hasContent("item".repeat(i));
      }
    }
    assertThat(oneBuffer.usedBytes()).isZero();
  }

  @Test
  void anEmptyPublisherMayEndBeforeThereIsMemory() throws Exception {
    SinkSubscriber subscriber = subscriber(Runnable::run);
    try (var _ = budget.tryReserve(budget.limitBytes()).orElseThrow()) {
      subscriber.onSubscribe(upstream);
      subscriber.onComplete();
      assertThat(subscriber.result()).isNotDone();
    }
    assertThat(subscriber.result().get(10, TimeUnit.SECONDS)).isZero();
    assertThat(target).isEmptyFile();
  }

  @Test
  void whatCannotBeginCancels() throws Exception {
    SinkSubscriber subscriber =
        ChunkSink.creating(target).withBudget(budget).subscriber(Runnable::run);
    subscriber.onSubscribe(upstream);
    assertThatThrownBy(() -> subscriber.result().get())
        .cause()
        .hasMessageContaining("there is already a file of this name");
    assertThat(upstream.cancelled).isTrue();
    assertThat(upstream.requested).isZero();
  }

  @Test
  void anExecutorThatRefusesRollsBack() {
    SinkSubscriber subscriber = subscriber(this::acceptOne);
    subscriber.onSubscribe(upstream);
    runTasks();
    subscriber.onNext(bytes("new"));
    assertThatThrownBy(() -> subscriber.result().get())
        .cause()
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(upstream.cancelled).isTrue();
    assertThat(target).hasContent("old");
  }

  private boolean accepted;

  private void acceptOne(Runnable task) {
    if (accepted) {
      throw new RejectedExecutionException("closed");
    }
    accepted = true;
    tasks.add(task);
  }

  /// One that has written five bytes. It was given what it has not asked for.
  private SinkSubscriber flooded() {
    SinkSubscriber subscriber = begun();
    for (int i = 0; i < 1000; i++) {
      subscriber.onNext(bytes("x"));
    }
    runTasks();
    return subscriber;
  }

  private SinkSubscriber begun() {
    SinkSubscriber subscriber = subscriber(tasks::add);
    subscriber.onSubscribe(upstream);
    runTasks();
    subscriber.onNext(bytes("five!"));
    runTasks();
    return subscriber;
  }

  private SinkSubscriber subscriber(Executor executor) {
    return ChunkSink.replacing(target).withBudget(budget).subscriber(executor);
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private static void assertFails(SinkSubscriber subscriber, Throwable reason) {
    assertThatThrownBy(() -> subscriber.result().get())
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isSameAs(reason);
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what a careless caller does
  private static <T> T nothing() {
    return null;
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Takes note of what is asked of it.
  private static final class Upstream implements Flow.Subscription {
    private long requested;
    private boolean cancelled;
    private @Nullable RuntimeException failure;
    private boolean refusesRequests;

    @Override
    public void request(long items) {
      requested += items;
      if (refusesRequests) {
        throw Objects.requireNonNull(failure);
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      if (failure != null) {
        throw failure;
      }
    }
  }
}
