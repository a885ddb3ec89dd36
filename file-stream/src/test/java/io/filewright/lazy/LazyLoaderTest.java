package io.filewright.lazy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.error.AlreadyClosed;
import io.filewright.error.MemoryLimitExceeded;
import io.filewright.memory.MemoryBudget;
import io.filewright.stream.Borrowed;
import io.filewright.stream.LazyLoader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// One thread at a time; each value has 10 bytes, of a limit of 30.
class LazyLoaderTest {

  private final Guarded.World world = new Guarded.World();
  private final List<Integer> loaded = Collections.synchronizedList(new ArrayList<>());
  private final MemoryBudget budget = MemoryBudget.ofBytes(100);
  private final AtomicLong nanos = new AtomicLong();
  private final LazyLoader<Integer, Guarded> loader =
      LazyLoader.builder(30, this::load, Guarded::byteSize)
          .budget(budget)
          .timeToLive(Duration.ofSeconds(10))
          .timeToIdle(Duration.ofSeconds(5))
          .clock(nanos::get)
          .build();

  @AfterEach
  void nothingIsLeft() {
    loader.close();
    assertThat(world.mistakes).hasValue(0);
    assertThat(world.closed).hasValue(world.opened.get());
    assertThat(budget.usedBytes()).isZero();
    assertThat(loader.stats().usedBytes()).isZero();
  }

  @Test
  void loadsOnceAndKeeps() throws Exception {
    assertThat(loader.stats().loads()).isZero();
    use(1);
    use(1);
    assertThat(loaded).containsExactly(1);
    assertThat(budget.usedBytes()).isEqualTo(10);
    assertThat(loader.stats().hits()).isEqualTo(1);
    assertThat(loader.stats().keptValues()).isEqualTo(1);
  }

  @Test
  void evictsWhatWasNotUsedForLongest() throws Exception {
    use(1, 2, 3, 1);
    use(4);
    use(1, 3, 4);
    assertThat(loaded).containsExactly(1, 2, 3, 4);
    use(2);
    assertThat(loaded).containsExactly(1, 2, 3, 4, 2);
    assertThat(loader.stats().evictions()).isEqualTo(2);
    assertThat(loader.stats().usedBytes()).isEqualTo(30);
  }

  @Test
  void doesNotEvictWhatIsBorrowed() throws Exception {
    try (var one = loader.get(1)) {
      Borrowed<Guarded> again = loader.get(1);
      use(2, 3, 4, 5);
      assertThat(one.value().key()).isEqualTo(1);
      again.close();
      again.close();
      use(6);
      assertThat(one.value().isOpen()).isTrue();
      assertThatThrownBy(again::value)
          .isInstanceOf(AlreadyClosed.class)
          .hasMessage("Borrowed is already closed.");
    }
    assertThat(loaded).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void failsWhenAllIsBorrowed() throws Exception {
    try (var one = loader.get(1);
        var two = loader.get(2);
        var three = loader.get(3)) {
      assertThatExceptionOfType(MemoryLimitExceeded.class)
          .isThrownBy(() -> loader.get(4))
          .withMessage(
              "[4] load: 30 of 30 bytes are in use, 10 are needed, and nothing that is kept could"
                  + " go. Close what was borrowed, or raise the limit.");
      assertThat(world.closed).as("the value that did not fit is closed").hasValue(1);
      assertThat(one.value().key() + two.value().key() + three.value().key()).isEqualTo(6);
    }
    use(4);
    assertThat(loader.stats().failedLoads()).isEqualTo(1);
  }

  @Test
  void failsAtOnceForWhatNeverFits() throws Exception {
    use(1);
    assertThatExceptionOfType(MemoryLimitExceeded.class).isThrownBy(() -> loader.get(1000));
    assertThat(loader.stats().evictions()).isZero();
  }

  @Test
  void makesRoomUnderASharedBudget() throws Exception {
    use(1, 2);
    try (var others = budget.tryReserve(80).orElseThrow()) {
      assertThat(others.byteSize()).isEqualTo(80);
      use(3);
      assertThat(budget.usedBytes()).isEqualTo(100);
    }
    assertThat(loader.stats().evictions()).isEqualTo(1);
  }

  @Test
  void reservesWhatIsEstimatedBeforeTheLoad() throws Exception {
    var usedInLoad = new ArrayList<Long>();
    try (var estimating =
        LazyLoader.builder(
                30,
                (Integer key) -> {
                  usedInLoad.add(budget.usedBytes());
                  return load(key);
                },
                Guarded::byteSize)
            .budget(budget)
            .estimator(key -> key)
            .build()) {
      estimating.get(4).close();
      assertThat(budget.usedBytes()).isEqualTo(10);
      estimating.get(12).close();
      assertThat(budget.usedBytes()).isEqualTo(22);
      assertThatExceptionOfType(MemoryLimitExceeded.class).isThrownBy(() -> estimating.get(31));
    }
    assertThat(usedInLoad).containsExactly(4L, 22L);
    assertThat(loaded).containsExactly(4, 12);
  }

  @Test
  void loadsAnewWhatIsTooOld() throws Exception {
    use(1);
    nanos.addAndGet(Duration.ofSeconds(4).toNanos());
    use(1);
    nanos.addAndGet(Duration.ofSeconds(4).toNanos());
    use(1);
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(loaded).containsExactly(1);
    use(1);
    assertThat(loaded).as("10 s after its load").containsExactly(1, 1);
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    use(1);
    assertThat(loaded).as("5 s after its use").containsExactly(1, 1, 1);
    assertThat(loader.stats().expirations()).isEqualTo(2);
  }

  @Test
  void theMemoryOfTheExpiredIsThereAtOnce() throws Exception {
    for (int i = 0; i < 100; i++) {
      use(3 * i, 3 * i + 1, 3 * i + 2);
      nanos.addAndGet(Duration.ofSeconds(11).toNanos());
    }
    assertThat(loader.stats().keptValues()).isZero();
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void invalidatesWhatIsKeptButNotWhatIsBorrowed() throws Exception {
    use(2);
    try (var old = loader.get(1)) {
      loader.invalidate(1);
      use(1, 2);
      assertThat(loaded).containsExactly(2, 1, 1);
      assertThat(old.value().isOpen()).isTrue();
      assertThat(budget.usedBytes()).isEqualTo(30);
    }
    assertThat(budget.usedBytes()).isEqualTo(20);
    loader.invalidateAll();
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void failuresReachTheCallerAsTheyAreAndAreNotKept() throws Exception {
    var failures = new ArrayList<Throwable>();
    try (var failing =
        LazyLoader.<Integer, String>builder(
                30,
                key -> {
                  if (key == 1) {
                    throw new IOException("io");
                  }
                  throw new IllegalStateException("mistake");
                },
                _ -> 1)
            .build()) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> failing.get(1)).isInstanceOf(IOException.class).hasMessage("io");
        assertThatThrownBy(() -> failing.get(2))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("mistake")
            .satisfies(failures::add);
      }
      assertThat(failing.stats().loads()).isEqualTo(4);
      assertThat(failing.stats().failedLoads()).isEqualTo(4);
      assertThat(failing.stats().usedBytes()).isZero();
    }
    assertThat(failures.get(0)).isNotSameAs(failures.get(1));
  }

  @Test
  void keepsWhatWasPreloaded() throws Exception {
    loader.preload(List.of(1, 2, 3)).get();
    assertThat(loaded).containsExactlyInAnyOrder(1, 2, 3);
    use(1, 2, 3);
    assertThat(loaded).hasSize(3);
    loader.preload(List.of()).get();
  }

  @Test
  void aPreloadTriesAllAndTellsTheFirstFailure() {
    assertThatThrownBy(() -> loader.preload(List.of(1000, 1, 2)).get())
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(MemoryLimitExceeded.class);
    assertThat(loaded).contains(1, 2);
  }

  @Test
  void aClosedLoaderHandsOutNothing() throws Exception {
    Borrowed<Guarded> borrowed = loader.get(1);
    loader.close();
    loader.close();
    assertThatThrownBy(() -> loader.get(1))
        .isInstanceOf(AlreadyClosed.class)
        .hasMessage("LazyLoader is already closed.");
    assertThat(borrowed.value().isOpen()).isTrue();
    borrowed.close();
    assertThat(world.openBytes).hasValue(0);
  }

  @Test
  void anExecutorThatRefusesFailsTheLoad() {
    try (var refused =
        LazyLoader.builder(30, this::load, Guarded::byteSize)
            .executor(
                _ -> {
                  throw new RejectedExecutionException("full");
                })
            .build()) {
      assertThatThrownBy(() -> refused.get(1))
          .isInstanceOf(RejectedExecutionException.class)
          .hasMessage("full");
      assertThatThrownBy(() -> refused.get(1)).isInstanceOf(RejectedExecutionException.class);
    }
  }

  @Test
  void aValueThatCannotBeClosedGivesItsMemoryBack() throws Exception {
    try (var stubborn =
        LazyLoader.<Integer, String>builder(30, key -> "value " + key, _ -> 20)
            .budget(budget)
            .disposer(
                _ -> {
                  throw new IllegalStateException("cannot be closed, on purpose");
                })
            .build()) {
      stubborn.get(1).close();
      stubborn.get(2).close();
      assertThat(budget.usedBytes()).isEqualTo(20);
    }
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void refusesTimesThatAreNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LazyLoader.builder(1, this::load, _ -> 1).timeToLive(Duration.ZERO))
        .withMessage("time: PT0S");
  }

  private Guarded load(Integer key) {
    loaded.add(key);
    return world.open(key, key >= 1000 ? 1000 : 10);
  }

  private void use(int... keys) throws Exception {
    for (int key : keys) {
      try (var borrowed = loader.get(key)) {
        assertThat(borrowed.value().key()).isEqualTo(key);
      }
    }
  }
}
