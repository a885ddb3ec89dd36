package io.filewright.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.error.MemoryLimitExceeded;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MemoryBudgetTest {

  private final MemoryBudget budget = MemoryBudget.ofBytes(100);

  @Test
  void countsToTheByteAndNeverBelowZero() {
    var first = budget.tryReserve(60).orElseThrow();
    assertThat(budget.tryReserve(41)).isEmpty();
    var second = budget.tryReserve(40).orElseThrow();

    first.close();
    first.close();
    second.close();

    assertThat(budget.usedBytes()).isZero();
    assertThat(budget.availableBytes()).isEqualTo(100);
  }

  @Test
  void smallRequestsCountAsWhatTheyAre() {
    var one = budget.tryReserve(1).orElseThrow();
    var none = budget.tryReserve(0).orElseThrow();
    assertThat(budget.usedBytes()).isEqualTo(1);
    one.close();
    none.close();
  }

  @Test
  void whatAChildReservesCountsForAllAbove() {
    var child = budget.child("import", 80);
    var grandchild = child.child("file", 50);
    var held = grandchild.tryReserve(50).orElseThrow();

    assertThat(child.usedBytes()).isEqualTo(50);
    assertThat(budget.usedBytes()).isEqualTo(50);
    assertThat(grandchild.tryReserve(1)).isEmpty();
    assertThat(child.tryReserve(31)).isEmpty();
    assertThat(child.availableBytes()).isEqualTo(30);

    var rest = budget.tryReserve(40).orElseThrow();
    assertThat(child.availableBytes()).isEqualTo(10);
    assertThat(child.tryReserve(11)).isEmpty();
    assertThat(child.usedBytes()).as("a refusal leaves nothing behind").isEqualTo(50);
    held.close();
    rest.close();
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void aRefusalSaysWhatIsThereAndWhoHoldsIt() {
    var held = budget.child("import of a.csv", 90).tryReserve(70).orElseThrow();

    assertThatThrownBy(() -> budget.reserveNow(50, Path.of("b.csv")))
        .isInstanceOfSatisfying(
            MemoryLimitExceeded.class,
            e -> {
              assertThat(e.requestedBytes()).isEqualTo(50);
              assertThat(e.usedBytes()).isEqualTo(70);
              assertThat(e.limitBytes()).isEqualTo(100);
              assertThat(e.holders()).isEqualTo(Map.of("import of a.csv", 70L));
            })
        .hasMessage(
            "[b.csv] reserve: the memory budget has 30 of 100 bytes left, 50 are needed; import of"
                + " a.csv holds 70. Close what is no longer used, or allow a larger budget.");
    held.close();
  }

  @Test
  void aRefusalNamesTheBudgetThatIsShort() {
    var child = budget.child("import", 30);
    assertThatThrownBy(() -> child.reserveNow(31, Path.of("a")))
        .hasMessageContaining("has 30 of 30 bytes left, 31 are needed (import).");
    assertThatThrownBy(() -> child.child("part", 1000).reserve(31))
        .isInstanceOf(MemoryLimitExceeded.class)
        .hasMessageContaining("(import)");
  }

  @Test
  void servesWhoWaitsInOrder() throws Exception {
    var held = budget.tryReserve(100).orElseThrow();
    var large = budget.reserveAsync(80);
    var small = budget.reserveAsync(10);

    assertThat(budget.isContended()).isTrue();
    held.close();

    large.get(5, TimeUnit.SECONDS).close();
    small.get(5, TimeUnit.SECONDS).close();
    assertThat(budget.isContended()).isFalse();
  }

  @Test
  void nobodyOvertakesWhoWaitsForRoomInTheSameBudget() throws Exception {
    var held = budget.tryReserve(60).orElseThrow();
    var large = budget.reserveAsync(80);

    assertThat(budget.tryReserve(10)).as("there is room, but somebody waits for it").isEmpty();
    var small = budget.reserveAsync(10);
    assertThat(small).isNotDone();

    held.close();
    large.get(5, TimeUnit.SECONDS).close();
    small.get(5, TimeUnit.SECONDS).close();
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void aChildAtItsLimitHoldsUpNobodyElse() throws Exception {
    var child = budget.child("small", 10);
    var held = child.tryReserve(10).orElseThrow();
    var waiting = child.reserveAsync(5);

    var other = budget.child("other", 50).reserve(50);
    var own = budget.tryReserve(40).orElseThrow();
    assertThat(waiting).isNotDone();

    held.close();
    waiting.get(5, TimeUnit.SECONDS).close();
    other.close();
    own.close();
  }

  @Test
  void givingUpLetsTheNextOnesPass() throws Exception {
    var held = budget.tryReserve(60).orElseThrow();
    var large = budget.reserveAsync(80);
    var small = budget.reserveAsync(10);

    large.cancel(false);

    small.get(5, TimeUnit.SECONDS).close();
    held.close();
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void anInterruptEndsTheWaitAndReservesNothing() throws Exception {
    var held = budget.tryReserve(100).orElseThrow();
    var interrupted = new CompletableFuture<Boolean>();
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (var _ = budget.reserve(1)) {
                    interrupted.complete(false);
                  } catch (InterruptedException _) {
                    interrupted.complete(true);
                  } catch (MemoryLimitExceeded e) {
                    interrupted.completeExceptionally(e);
                  }
                });
    while (!budget.isContended()) {
      Thread.onSpinWait();
    }
    waiting.interrupt();

    assertThat(interrupted.get(5, TimeUnit.SECONDS)).isTrue();
    held.close();
    assertThat(budget.usedBytes()).isZero();
    assertThat(budget.isContended()).isFalse();
  }

  @Test
  void whatCanNeverFitIsRefusedAtOnce() {
    assertThatThrownBy(() -> budget.reserve(101)).isInstanceOf(MemoryLimitExceeded.class);
    assertThat(budget.reserveAsync(101)).isCompletedExceptionally();
  }

  @Test
  void asksCachesToLetGoBeforeItRefuses() throws Exception {
    var kept = new Kept(budget.tryReserve(90).orElseThrow());
    try (var _ = budget.register(kept)) {
      assertThat(budget.stats().cachedBytes()).isEqualTo(90);
      budget.tryReserve(50).orElseThrow().close();
      assertThat(kept.reclaimableBytes()).isZero();
    }
    var again = new Kept(budget.tryReserve(90).orElseThrow());
    try (var _ = budget.register(again)) {
      budget.reserve(50).close();
    }
  }

  @Test
  void leavesCachesAloneThatCouldNotHelp() {
    var child = budget.child("full", 10);
    var held = child.tryReserve(10).orElseThrow();
    var kept = new Kept(budget.tryReserve(20).orElseThrow());
    try (var _ = budget.register(kept)) {
      assertThat(child.tryReserve(5)).isEmpty();
      assertThat(kept.reclaimableBytes()).isEqualTo(20);
    }
    kept.reclaim(20);
    held.close();
  }

  @Test
  void tellsOncePerRiseThatItGetsFull() throws Exception {
    var told = new LinkedBlockingQueue<BudgetStats>();
    try (var _ = budget.onPressure(0.8, told::add)) {
      for (int rise = 0; rise < 2; rise++) {
        var most = budget.tryReserve(79).orElseThrow();
        var last = budget.tryReserve(1).orElseThrow();
        var more = budget.tryReserve(5).orElseThrow();
        assertThat(told.poll(5, TimeUnit.SECONDS)).isNotNull();
        assertThat(told.poll(50, TimeUnit.MILLISECONDS)).as("a second report").isNull();
        List.of(most, last, more).forEach(Reservation::close);
      }
    }
    var held = budget.tryReserve(100).orElseThrow();
    assertThat(told.poll(50, TimeUnit.MILLISECONDS)).as("after its end").isNull();
    held.close();
  }

  @Test
  void statsTellUseAndPeak() {
    assertThat(budget.stats().efficiency()).as("of nothing").isEqualTo(1);
    budget.tryReserve(80).orElseThrow().close();
    var held = budget.tryReserve(20).orElseThrow();

    assertThat(budget.stats())
        .isEqualTo(new BudgetStats("process", 20, 80, 100, 80, 0, 2, 1))
        .extracting(BudgetStats::efficiency, BudgetStats::fill)
        .containsExactly(0.25, 0.2);

    budget.resetPeak();
    assertThat(budget.stats().peakBytes()).isEqualTo(20);
    held.close();
    assertThat(budget.stats().releases()).isEqualTo(budget.stats().reservations());
  }

  @Test
  void theMonitorWarnsWithAdvice() {
    assertThat(BudgetMonitor.advice(new BudgetStats("b", 81, 19, 100, 81, 0, 1, 0)))
        .contains("nearly used up");
    assertThat(BudgetMonitor.advice(new BudgetStats("b", 10, 90, 100, 30, 0, 1, 0)))
        .contains("Less than half of the peak");
    assertThat(BudgetMonitor.advice(new BudgetStats("b", 10, 90, 100, 20, 0, 1, 0))).isEmpty();
  }

  @Test
  void isExactUnderManyThreadsInManyBudgets() throws Exception {
    var held = new AtomicLong();
    var most = new AtomicLong();
    var threads = new ArrayList<Thread>();
    var failures = new LinkedBlockingQueue<Throwable>();
    var start = new CountDownLatch(1);
    for (int i = 0; i < 8; i++) {
      var child = budget.child("child " + i, 40 + i);
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      start.await();
                      for (int round = 0; round < 2_000; round++) {
                        long size = ThreadLocalRandom.current().nextLong(1, 40);
                        try (var _ = round % 2 == 0 ? child.reserve(size) : async(child, size)) {
                          most.accumulateAndGet(held.addAndGet(size), Math::max);
                          held.addAndGet(-size);
                        }
                      }
                    } catch (Throwable e) {
                      failures.add(e);
                    }
                  }));
    }
    start.countDown();
    for (Thread thread : threads) {
      assertThat(thread.join(Duration.ofSeconds(25))).as("starved").isTrue();
    }
    assertThat(failures).isEmpty();
    assertThat(most.get()).isLessThanOrEqualTo(100);
    assertThat(budget.usedBytes()).isZero();
    assertThat(budget.stats().releases()).isEqualTo(budget.stats().reservations());
  }

  private static Reservation async(MemoryBudget from, long size) throws Exception {
    var turn = from.reserveAsync(size);
    boolean givenUp = ThreadLocalRandom.current().nextInt(4) == 0 && turn.cancel(false);
    return givenUp ? from.reserve(size) : turn.get();
  }

  private static final class Kept implements Reclaimable {
    private final Reservation reservation;
    private boolean gone;

    Kept(Reservation reservation) {
      this.reservation = reservation;
    }

    @Override
    public long reclaimableBytes() {
      return gone ? 0 : reservation.byteSize();
    }

    @Override
    public long reclaim(long byteSize) {
      long freed = reclaimableBytes();
      gone = true;
      reservation.close();
      return freed;
    }
  }
}
