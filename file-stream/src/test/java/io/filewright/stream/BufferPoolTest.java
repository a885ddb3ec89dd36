package io.filewright.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.error.AlreadyClosed;
import io.filewright.error.MemoryLimitExceeded;
import io.filewright.memory.MemoryBudget;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BufferPoolTest {

  private static final int SIZE = 1 << 16;
  private static final long SLAB = PooledBuffer.reservedBytes(SIZE);

  private final MemoryBudget budget = MemoryBudget.ofBytes(3 * SLAB);
  private final BufferPool pool = BufferPool.of(budget, SIZE);

  @AfterEach
  void nothingIsLeft() {
    pool.close();
    assertThat(budget.usedBytes()).isZero();
    assertThat(budget.stats().releases()).isEqualTo(budget.stats().reservations());
  }

  @Test
  void buffersAreUsedAgain() throws Exception {
    pool.acquire().close();
    long before = budget.stats().reservations();
    pool.acquire().close();
    assertThat(budget.stats().reservations()).isEqualTo(before);
    assertThat(pool.stats()).isEqualTo(new PoolStats(1, 1, SLAB));
    assertThat(pool.stats().fill()).isZero();
  }

  @Test
  void idleBuffersCountAsCachedAndGoWhenSomebodyNeedsTheRoom() throws Exception {
    pool.acquire(3).forEach(PooledBuffer::close);
    assertThat(budget.stats().cachedBytes()).isEqualTo(3 * SLAB);
    budget.reserve(2 * SLAB).close();
    assertThat(pool.stats().buffers()).isEqualTo(1);
  }

  @Test
  void moreThanALongCanSayIsRefused() {
    var huge = BufferPool.of(budget, (1L << 40) - 4096);
    assertThatThrownBy(() -> huge.acquire(1 << 24)).isInstanceOf(MemoryLimitExceeded.class);
    assertThatThrownBy(() -> huge.acquire(Integer.MAX_VALUE))
        .isInstanceOf(MemoryLimitExceeded.class);
    assertThatThrownBy(() -> huge.acquire(0))
        .hasMessage("count: 0; it must be from 1 to 2147483647");
    huge.close();
  }

  @Test
  @Timeout(5) // by itself, each would go after ten seconds
  void aClosedPoolLeavesNoTimer() throws Exception {
    long before = ForkJoinPool.commonPool().getDelayedTaskCount();
    for (int i = 0; i < 100; i++) {
      try (var other = BufferPool.of(budget, SIZE)) {
        other.acquire().close();
        assertThat(other.stats().idle()).isEqualTo(1);
      }
    }
    while (ForkJoinPool.commonPool().getDelayedTaskCount() > before) {
      Thread.sleep(1); // they are taken out by a thread of their own
    }
  }

  @Test
  void memoryBeginsAtAPageAndIsWhole() throws Exception {
    try (var buffer = pool.acquire()) {
      long address = buffer.apply(MemorySegment::address);
      assertThat(address % 4096).isZero();
      long size = buffer.apply(MemorySegment::byteSize);
      assertThat(size).isEqualTo(SIZE);
    }
  }

  @Test
  void usingABufferThatWasGivenBackIsRefused() throws Exception {
    var buffer = pool.acquire();
    buffer.close();
    assertThatThrownBy(() -> buffer.apply(MemorySegment::byteSize))
        .isInstanceOf(AlreadyClosed.class);
    try (var next = pool.acquire()) {
      assertThatThrownBy(buffer::close).isInstanceOf(AlreadyClosed.class);
      long size = next.apply(MemorySegment::byteSize);
      assertThat(size).isEqualTo(SIZE);
    }
  }

  @Test
  void aSegmentThatWasKeptIsDead() throws Exception {
    try (var buffer = pool.acquire()) {
      MemorySegment kept = buffer.apply(memory -> memory);
      assertThatThrownBy(() -> kept.get(ValueLayout.JAVA_BYTE, 0))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void severalAreTakenAtOnceOrNotAtAll() throws Exception {
    assertThatThrownBy(() -> pool.acquire(4)).isInstanceOf(MemoryLimitExceeded.class);
    assertThat(pool.stats().buffers()).isZero();
  }

  @Test
  void buffersOfAnotherSizeAreNotKept() throws Exception {
    pool.allocate(SIZE + 1).close();
    assertThat(budget.usedBytes()).isZero();
    assertThatThrownBy(() -> pool.allocate(4 * SIZE)).isInstanceOf(MemoryLimitExceeded.class);
  }

  @Test
  void nothingIsKeptWhileSomebodyWaits() throws Exception {
    var all = pool.acquire(3);
    var waiting = budget.reserveAsync(3 * SLAB);
    all.forEach(PooledBuffer::close);
    waiting.get().close();
  }

  @Test
  void afterItsEndBuffersAreFreedAsTheyComeBack() throws Exception {
    var buffer = pool.acquire();
    pool.close();
    assertThat(budget.usedBytes()).isEqualTo(SLAB);
    buffer.close();
    assertThat(budget.usedBytes()).isZero();
    assertThatThrownBy(pool::acquire).isInstanceOf(AlreadyClosed.class);
  }

  @Test
  void noTwoThreadsEverHaveTheSameMemory() throws Exception {
    var failures = new AtomicInteger();
    var threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      byte mine = (byte) i;
      threads[i] =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int round = 0; round < 2_000; round++) {
                      try (var buffer = pool.acquire()) {
                        long at = ThreadLocalRandom.current().nextInt(SIZE);
                        boolean whole =
                            buffer.apply(
                                memory -> {
                                  memory.set(ValueLayout.JAVA_BYTE, at, mine);
                                  Thread.onSpinWait();
                                  return memory.get(ValueLayout.JAVA_BYTE, at) == mine;
                                });
                        failures.addAndGet(whole ? 0 : 1);
                      } catch (Exception e) {
                        failures.incrementAndGet();
                      }
                    }
                  });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).hasValue(0);
  }
}
