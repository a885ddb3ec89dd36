package io.filewright.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// A pool that hangs gets spare threads, and no more than its bound.
class StallTolerantPoolTest {

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(2, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());

  @Property(tries = 5)
  void givesASpareWhenOpensHang(@ForAll @IntRange(min = 2, max = 4) int hanging)
      throws InterruptedException {
    threads.allowCoreThreadTimeOut(true);
    var pool = new StallTolerantPool(threads, 2, 5);
    var release = new CountDownLatch(1);
    var hung = new CountDownLatch(hanging);
    for (int i = 0; i < hanging; i++) {
      pool.execute(
          () -> {
            hung.countDown();
            awaitQuietly(release);
          });
    }
    var other = new CountDownLatch(1);
    pool.execute(other::countDown);
    assertThat(other.await(5, TimeUnit.SECONDS)).as("somebody else's open").isTrue();
    release.countDown();
    assertThat(hung.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void neverExceedsItsBound() throws InterruptedException {
    var pool = new StallTolerantPool(threads, 2, 3);
    var release = new CountDownLatch(1);
    for (int i = 0; i < 10; i++) {
      pool.execute(() -> awaitQuietly(release));
    }
    Thread.sleep(400);
    assertThat(threads.getPoolSize()).isEqualTo(3);
    release.countDown();
    threads.shutdown();
    assertThat(threads.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    assertThat(threads.getCompletedTaskCount()).isEqualTo(10);
  }

  @Test
  void growsWhileTasksWait() throws InterruptedException {
    var pool = new StallTolerantPool(threads, 4, 6);
    run(pool, 200, () -> LockSupport.parkNanos(1_000_000));
    assertThat(threads.getLargestPoolSize()).isEqualTo(4);
  }

  private static void run(StallTolerantPool pool, int count, Runnable task)
      throws InterruptedException {
    var done = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      pool.execute(
          () -> {
            task.run();
            done.countDown();
          });
      if (i % 20 == 0) {
        LockSupport.parkNanos(1_000_000);
      }
    }
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void shrinksWhenItIsCalm() throws InterruptedException {
    var pool = new StallTolerantPool(threads, 2, 6);
    var release = new CountDownLatch(1);
    for (int i = 0; i < 5; i++) {
      pool.execute(() -> awaitQuietly(release));
    }
    Thread.sleep(300);
    assertThat(threads.getPoolSize()).isGreaterThan(2);
    release.countDown();
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (threads.getPoolSize() > 2 && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    assertThat(threads.getCorePoolSize()).isEqualTo(2);
    threads.shutdown();
  }

  @Test
  void refusesWorkOnceClosed() {
    var pool = new StallTolerantPool(threads, 2, 3);
    pool.close();
    assertThatThrownBy(() -> pool.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage("The engine is closed.");
    threads.shutdown();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
