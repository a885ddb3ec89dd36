package io.filewright.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.error.IsDirectory;
import io.filewright.memory.MemoryBudget;
import io.filewright.stream.ChunkSink;
import io.filewright.stream.SinkSubscriber;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
      assertThat(files).containsExactly(target);
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
    subscriber.onComplete();
    assertThat(target).hasContent("old");
    runTasks();
    assertThat(subscriber.result().get()).isEqualTo(3);
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
    SinkSubscriber subscriber = begun();
    for (int i = 0; i < 1000; i++) {
      subscriber.onNext(bytes("x"));
    }
    runTasks();
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

  /// One that has written five bytes.
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

    @Override
    public void request(long items) {
      requested += items;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
