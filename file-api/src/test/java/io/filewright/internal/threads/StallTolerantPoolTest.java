package io.filewright.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How many threads there are while tasks are quick, wait, or hang. All but one test run by a clock
/// that only moves when they say so.
class StallTolerantPoolTest {

  private static final int CALM = 2;
  private static final int WAITING = 4;
  private static final int MOST = 6;

  /// What it takes to open and copy a hot file.
  private static final long HOT_NANOS = 12_000;

  private static final long QUICK_NANOS = 39_000;
  private static final long SLOW_NANOS = 45_000;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(CALM, CALM, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
  private final ManualTime time = new ManualTime();
  private final StallTolerantPool pool = new StallTolerantPool(threads, WAITING, MOST, time);
  private final CountDownLatch release = new CountDownLatch(1);
  private long submitted;

  @AfterEach
  @AfterProperty
  void endThreads() throws InterruptedException {
    release.countDown();
    threads.shutdown();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void quickTasksGetTheCalmThreadsOnly() throws InterruptedException {
    runEachAlone(100, QUICK_NANOS);
    submitBlocked(10);
    assertThat(threads.getPoolSize()).isEqualTo(CALM);
  }

  @Test
  void slowTasksGetTheWaitingThreads() throws InterruptedException {
    runEachAlone(100, SLOW_NANOS);
    submitBlocked(10);
    assertThat(threads.getPoolSize()).isEqualTo(WAITING);
  }

  @Test
  void oneTaskAmongHotOnesThatWaitedLongDoesNotCount() throws InterruptedException {
    runEachAlone(100, HOT_NANOS);
    runEachAlone(1, 60_000_000_000L);
    submitBlocked(10);
    assertThat(threads.getPoolSize()).isEqualTo(CALM);
  }

  @Test
  void slowTasksThatAreQuickAgainGiveTheThreadsBack() throws InterruptedException {
    runEachAlone(100, SLOW_NANOS);
    submitBlocked(10);
    release.countDown();
    awaitCompleted();
    var second = new CountDownLatch(1);
    runEachAlone(100, QUICK_NANOS);
    submit(WAITING + 1, () -> awaitQuietly(second));
    time.inspect();
    assertThat(threads.getCorePoolSize()).isEqualTo(CALM);
    second.countDown();
  }

  @Test
  void aQueueThatStandsStillGetsOneThreadAtATimeUpToTheBound() {
    submitBlocked(10);
    for (int expected = CALM + 1; expected <= MOST; expected++) {
      time.inspect();
      assertThat(threads.getPoolSize()).isEqualTo(expected);
    }
    time.inspect();
    assertThat(threads.getPoolSize()).isEqualTo(MOST);
  }

  @Test
  void aQueueThatIsEmptyGivesTheThreadsBack() throws InterruptedException {
    submitBlocked(5);
    time.inspect();
    assertThat(threads.getCorePoolSize()).isEqualTo(CALM + 1);
    release.countDown();
    awaitCompleted();
    time.inspect();
    assertThat(threads.getCorePoolSize()).isEqualTo(CALM);
    assertThat(time.isWatched()).as("watched while there is nothing to do").isFalse();
  }

  /// By the clock of the system.
  @Property(tries = 5)
  void givesASpareWhenOpensHang(@ForAll @IntRange(min = 2, max = 4) int hanging)
      throws InterruptedException {
    var timed = new StallTolerantPool(threads, CALM, CALM + 3);
    var hung = new CountDownLatch(hanging);
    var end = new CountDownLatch(1);
    for (int i = 0; i < hanging; i++) {
      timed.execute(
          () -> {
            hung.countDown();
            awaitQuietly(end);
          });
    }
    var other = new CountDownLatch(1);
    timed.execute(other::countDown);
    assertThat(other.await(5, TimeUnit.SECONDS)).as("somebody else's open").isTrue();
    end.countDown();
    assertThat(hung.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void refusesWorkOnceClosed() {
    pool.close();
    assertThatThrownBy(() -> pool.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage("The engine is closed.");
  }

  private void runEachAlone(int count, long nanos) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      submit(1, () -> time.pass(nanos));
      awaitCompleted();
    }
  }

  private void submitBlocked(int count) {
    submit(count, () -> awaitQuietly(release));
  }

  private void submit(int count, Runnable task) {
    for (int i = 0; i < count; i++) {
      pool.execute(task);
      submitted++;
    }
  }

  private void awaitCompleted() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (threads.getCompletedTaskCount() < submitted) {
      assertThat(System.nanoTime()).as("completed in time").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
