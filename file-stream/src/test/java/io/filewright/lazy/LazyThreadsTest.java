package io.filewright.lazy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.error.MemoryLimitExceeded;
import io.filewright.memory.MemoryBudget;
import io.filewright.stream.Borrowed;
import io.filewright.stream.LazyLoader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// Many threads at once.
class LazyThreadsTest {

  private static final int THREADS = 32;

  private final Guarded.World world = new Guarded.World();
  private final AtomicInteger loads = new AtomicInteger();

  @RepeatedTest(20)
  void thirtyTwoThreadsCauseOneLoad() throws Exception {
    try (var loader = LazyLoader.builder(10, this::load, Guarded::byteSize).build()) {
      onAllThreads(
          () -> {
            try (var borrowed = loader.get(1)) {
              return borrowed.value().key();
            }
          });
      assertThat(loads).hasValue(1);
    }
    assertThat(world.closed).hasValue(1);
  }

  @RepeatedTest(5)
  void aFailureReachesAllWhoWait() throws Exception {
    Set<Throwable> failures =
        Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    var allWait = new CountDownLatch(1);
    try (var loader =
        LazyLoader.<Integer, Guarded>builder(
                10,
                _ -> {
                  loads.incrementAndGet();
                  await(allWait);
                  throw new IOException("once for all");
                },
                Guarded::byteSize)
            .build()) {
      var others = new ConcurrentLinkedQueue<Thread>();
      var arrived = new AtomicInteger();
      onAllThreads(
          () -> {
            if (arrived.incrementAndGet() == THREADS) {
              while (!allWait(others)) {
                Thread.sleep(1);
              }
              allWait.countDown();
            } else {
              others.add(Thread.currentThread());
            }
            assertThatThrownBy(() -> loader.get(1))
                .hasMessage("once for all")
                .satisfies(failures::add);
            return 0;
          });
    }
    assertThat(failures).hasSize(loads.get());
    assertThat(loads).hasValueLessThan(THREADS);
  }

  private static boolean allWait(Collection<Thread> threads) {
    return threads.size() == THREADS - 1
        && threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING);
  }

  @Test
  void anInterruptEndsOneWait() throws Exception {
    var mayEnd = new CountDownLatch(1);
    try (var loader =
        LazyLoader.<Integer, Guarded>builder(
                10,
                key -> {
                  await(mayEnd);
                  return load(key);
                },
                Guarded::byteSize)
            .build()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> loader.get(1)).isInstanceOf(InterruptedException.class);
      mayEnd.countDown();
      loader.get(1).close();
      assertThat(loads).hasValue(1);
    }
    assertThat(world.closed).hasValue(1);
  }

  @Test
  void whatIsInvalidatedInFlightIsNotKept() throws Exception {
    var began = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    try (var loader =
            LazyLoader.<Integer, Guarded>builder(
                    20,
                    key -> {
                      began.countDown();
                      await(mayEnd);
                      return load(key);
                    },
                    Guarded::byteSize)
                .build();
        var other = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Borrowed<Guarded>> first = other.submit(() -> loader.get(1));
      began.await();
      loader.invalidate(1);
      mayEnd.countDown();
      try (var borrowed = first.get()) {
        assertThat(loader.stats().keptValues()).isZero();
        assertThat(borrowed.value().key()).isEqualTo(1);
      }
      assertThat(world.closed).hasValue(1);
      loader.get(1).close();
      assertThat(loads).hasValue(2);
    }
  }

  @RepeatedTest(3)
  void nothingIsUsedAfterItsEndAndNothingIsLeft() throws Exception {
    MemoryBudget budget = MemoryBudget.ofBytes(1000);
    var tooMuch = new AtomicInteger();
    var keys = new AtomicInteger();
    var loader =
        LazyLoader.builder(60, this::load, Guarded::byteSize)
            .budget(budget)
            .estimator(_ -> 10)
            .build();
    onAllThreads(
        () -> {
          var random = new Random(keys.incrementAndGet());
          for (int i = 0; i < 2_000; i++) {
            step(loader, random, tooMuch);
          }
          return 0;
        });
    assertThat(budget.usedBytes()).isEqualTo(world.openBytes.get()).isLessThanOrEqualTo(60);
    loader.close();

    assertThat(world.mistakes).hasValue(0);
    assertThat(world.peakBytes.get()).isLessThanOrEqualTo(60);
    assertThat(world.closed).hasValue(world.opened.get());
    assertThat(budget.usedBytes()).isZero();
    assertThat(tooMuch).hasValueGreaterThan(0); // else the limit was not narrow
    assertThat(loads).hasValueGreaterThan(100);
  }

  private static void step(
      LazyLoader<Integer, Guarded> loader, Random random, AtomicInteger tooMuch) throws Exception {
    int key = random.nextInt(20);
    if (random.nextInt(50) == 0) {
      loader.invalidate(key);
    }
    try (var borrowed = loader.get(key)) {
      assertThat(borrowed.value().key()).isEqualTo(key);
      if (random.nextInt(10) == 0) {
        Thread.sleep(0, 50_000);
      }
      assertThat(borrowed.value().key()).isEqualTo(key);
    } catch (MemoryLimitExceeded _) {
      tooMuch.incrementAndGet();
    }
  }

  private Guarded load(Integer key) {
    loads.incrementAndGet();
    return world.open(key, 10);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> void onAllThreads(Callable<T> work) throws Exception {
    var together = new CyclicBarrier(THREADS);
    List<Future<T>> ends = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      for (int i = 0; i < THREADS; i++) {
        ends.add(
            threads.submit(
                () -> {
                  together.await();
                  return work.call();
                }));
      }
    }
    for (Future<T> end : ends) {
      var _ = end.get();
    }
  }
}
