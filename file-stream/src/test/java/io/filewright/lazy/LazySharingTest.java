package io.filewright.lazy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.memory.MemoryBudget;
import io.filewright.memory.Reservation;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.LazyLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What others see of a loader: those of the same budget, and those who ask after something of its
/// user's has failed. Each value has 10 bytes, of a limit of 30, within a budget of 100.
@Timeout(30)
class LazySharingTest {

  private final Guarded.World world = new Guarded.World();
  private final MemoryBudget budget = MemoryBudget.ofBytes(100);
  private final LazyLoader<Integer, Guarded> loader =
      LazyLoader.builder(30, (Integer key) -> world.open(key, 10), Guarded::byteSize)
          .budget(budget)
          .build();

  @AfterEach
  void nothingIsLeft() {
    loader.close();
    assertThat(world.mistakes).hasValue(0);
    assertThat(world.closed).hasValue(world.opened.get());
    assertThat(budget.usedBytes()).isZero();
    assertThat(budget.stats().cachedBytes()).isZero();
  }

  private void use(int... keys) throws Exception {
    for (int key : keys) {
      loader.get(key).close();
    }
  }

  @Test
  void idleValuesCountAsCachedAndBorrowedOnesDoNot() throws Exception {
    use(1, 2);
    try (var _ = loader.get(3)) {
      assertThat(budget.stats().cachedBytes()).isEqualTo(20);
    }
    assertThat(budget.stats().cachedBytes()).isEqualTo(30);
  }

  @Test
  void asManyIdleValuesGoAsSomebodyElseNeeds() throws Exception {
    use(1, 2, 3);
    try (var _ = budget.tryReserve(85).orElseThrow()) {
      assertThat(loader.stats().keptValues()).isEqualTo(1);
      assertThat(loader.stats().evictions()).isEqualTo(2);
    }
    try (var all = budget.reserve(100)) {
      assertThat(all.byteSize()).isEqualTo(100);
    }
  }

  @Test
  void nothingGoesForWhatNeverFits() throws Exception {
    use(1, 2);
    assertThat(budget.tryReserve(101)).isEmpty();
    assertThat(loader.stats().keptValues()).isEqualTo(2);
  }

  @Test
  void aValueThatComesBackGoesToWhoWaits() throws Exception {
    CompletableFuture<Reservation> waiting;
    try (var borrowed = loader.get(1)) {
      waiting = budget.reserveAsync(100);
      assertThat(borrowed.value().isOpen()).isTrue();
      assertThat(waiting).isNotDone();
    }
    waiting.get().close();
    assertThat(loader.stats().evictions()).isEqualTo(1);
  }

  @Test
  void aPassGetsItsMemoryFromIdleValues(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("data"), new byte[1000]);
    var shared = MemoryBudget.ofBytes(2 << 20);
    try (var large =
        LazyLoader.builder(2 << 20, (Integer _) -> "value", _ -> 1 << 20).budget(shared).build()) {
      large.get(1).close();
      large.get(2).close();
      try (var reader = ChunkSource.of(file).withBudget(shared).open()) {
        reader.forEach(chunk -> assertThat(chunk.byteSize()).isEqualTo(1000));
      }
      assertThat(large.stats().keptValues()).isEqualTo(1);
    }
  }

  @Test
  void anExecutorThatThrowsAnythingFailsThatLoadOnly() throws Exception {
    var calls = new AtomicInteger();
    try (var first =
        LazyLoader.builder(30, (Integer key) -> world.open(key, 10), Guarded::byteSize)
            .executor(
                task -> {
                  if (calls.getAndIncrement() == 0) {
                    throw new IllegalStateException("pool is full");
                  }
                  task.run();
                })
            .build()) {
      assertThatThrownBy(() -> first.get(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("pool is full");
      try (var value = first.get(1)) {
        assertThat(value.value().key()).isEqualTo(1);
      }
      assertThat(first.stats().failedLoads()).isEqualTo(1);
    }
  }

  @Test
  void anExecutorThatThrowsAfterTheLoadChangesNothing() throws Exception {
    try (var late =
        LazyLoader.builder(30, (Integer key) -> world.open(key, 10), Guarded::byteSize)
            .executor(
                task -> {
                  task.run();
                  throw new IllegalStateException("after the load, on purpose");
                })
            .build()) {
      try (var value = late.get(1)) {
        assertThat(value.value().isOpen()).isTrue();
      }
      assertThat(late.stats().keptValues()).isEqualTo(1);
      assertThat(late.stats().failedLoads()).isZero();
    }
  }

  @Test
  @SuppressWarnings("NullAway") // on purpose
  void aLoadThatReturnsNothingFails() {
    try (var empty = LazyLoader.<Integer, String>builder(30, _ -> null, _ -> 1).build()) {
      assertThatThrownBy(() -> empty.get(7))
          .isInstanceOf(NullPointerException.class)
          .hasMessage("[7] load: returned null");
    }
  }

  @Test
  void anErrorWhileAValueIsClosedIsNobodysFailure() throws Exception {
    try (var stubborn =
        LazyLoader.<Integer, String>builder(10, key -> "value " + key, _ -> 10)
            .disposer(
                _ -> {
                  throw new AssertionError("cannot be closed, on purpose");
                })
            .build()) {
      stubborn.get(1).close();
      try (var second = stubborn.get(2)) {
        assertThat(second.value()).isEqualTo("value 2");
      }
      assertThat(stubborn.stats().failedLoads()).isZero();
    }
  }
}
