package io.filewright.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.error.MemoryLimitExceeded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;

/// A budget and two children, which may have more together than their parent, do what a simple
/// model of them does: whatever is reserved, split, waited for, given up and given back, in any
/// order.
class MemoryBudgetModelTest {

  private static final int PARENT = 0;
  private static final long[] LIMITS = {100, 60, 70};

  @Property(tries = 300)
  void doesWhatTheModelDoes(@ForAll("chains") ActionChain<World> chain) {
    chain.withInvariant("the same figures", World::check).run();
  }

  @Provide
  Arbitrary<ActionChain<World>> chains() {
    return ActionChain.startWith(World::new)
        .withAction(3, step("reserve", World::reserve))
        .withAction(3, step("wait", World::await))
        .withAction(4, step("give back", World::giveBack))
        .withAction(1, step("give up", World::giveUp))
        .withAction(1, step("split", World::split))
        .withMaxTransformations(80);
  }

  /// A step with two numbers to choose with.
  private static Action.Independent<World> step(String name, Step step) {
    return () ->
        Combinators.combine(
                Arbitraries.integers().between(0, 2), Arbitraries.integers().between(0, 75))
            .as(
                (which, size) ->
                    Transformer.mutate(
                        name + " " + which + " " + size, world -> step.accept(world, which, size)));
  }

  @FunctionalInterface
  private interface Step {
    void accept(World world, int which, int size);
  }

  private record Held(int which, Reservation reservation) {}

  private record Waiting(int which, long size, CompletableFuture<Reservation> future) {}

  /// The real ones, and what they should be like.
  static final class World {

    private final MemoryBudget parent = MemoryBudget.ofBytes(LIMITS[PARENT]);
    private final List<MemoryBudget> budgets =
        List.of(parent, parent.child("a", LIMITS[1]), parent.child("b", LIMITS[2]));
    private final long[] used = new long[LIMITS.length];
    private final long[] peak = new long[LIMITS.length];
    private final List<Held> held = new ArrayList<>();
    private final List<Waiting> queue = new ArrayList<>();
    private final Set<Integer> blocked = new HashSet<>();

    void reserve(int which, int size) {
      var reservation = budgets.get(which).tryReserve(size);
      boolean expected = !isBlocked(which) && hasRoom(which, size);
      assertThat(reservation.isPresent()).isEqualTo(expected);
      reservation.ifPresent(taken -> take(which, taken));
    }

    void await(int which, int size) {
      var future = budgets.get(which).reserveAsync(size);
      if (canNeverFit(which, size)) {
        assertThat(future).isCompletedExceptionally();
        assertThat(future.exceptionNow()).isInstanceOf(MemoryLimitExceeded.class);
        return;
      }
      queue.add(new Waiting(which, size, future));
      serve();
    }

    void giveBack(int which, int size) {
      if (!held.isEmpty()) {
        Held old = held.remove(size % held.size());
        old.reservation.close();
        old.reservation.close();
        change(old.which, -old.reservation.byteSize());
        serve();
      }
    }

    void giveUp(int which, int size) {
      if (!queue.isEmpty()) {
        queue.remove(size % queue.size()).future.cancel(false);
        serve();
      }
    }

    void split(int which, int size) {
      if (!held.isEmpty()) {
        Held whole = held.remove(size % held.size());
        long part =
            Math.max(
                1,
                whole.reservation.byteSize() % 2 == 0
                    ? whole.reservation.byteSize() / 2
                    : whole.reservation.byteSize());
        whole.reservation.split(part).forEach(half -> held.add(new Held(whole.which, half)));
      }
    }

    void check() {
      for (int which = 0; which < LIMITS.length; which++) {
        BudgetStats stats = budgets.get(which).stats();
        assertThat(stats.usedBytes()).isEqualTo(used[which]);
        assertThat(stats.peakBytes()).isEqualTo(peak[which]);
        assertThat(budgets.get(which).isContended()).isEqualTo(isBlocked(which));
      }
      assertThat(parent.stats().reservations() - parent.stats().releases()).isEqualTo(held.size());
      assertThat(queue).noneMatch(waiting -> waiting.future.isDone());
    }

    /// In order; who does not fit blocks what it lacks.
    private void serve() {
      blocked.clear();
      for (Iterator<Waiting> all = queue.iterator(); all.hasNext(); ) {
        Waiting next = all.next();
        if (!isBlocked(next.which) && hasRoom(next.which, next.size)) {
          take(next.which, next.future.orTimeout(10, TimeUnit.SECONDS).join());
          all.remove();
        } else {
          upwards(next.which).filter(i -> next.size > LIMITS[i] - used[i]).forEach(blocked::add);
        }
      }
    }

    private void take(int which, Reservation reservation) {
      held.add(new Held(which, reservation));
      change(which, reservation.byteSize());
    }

    private void change(int which, long byteSize) {
      upwards(which)
          .forEach(
              i -> {
                used[i] += byteSize;
                peak[i] = Math.max(peak[i], used[i]);
              });
    }

    private boolean hasRoom(int which, long size) {
      return upwards(which).allMatch(i -> size <= LIMITS[i] - used[i]);
    }

    private static boolean canNeverFit(int which, long size) {
      return upwards(which).anyMatch(i -> size > LIMITS[i]);
    }

    private boolean isBlocked(int which) {
      return upwards(which).anyMatch(blocked::contains);
    }

    private static IntStream upwards(int which) {
      return IntStream.of(which, PARENT).distinct();
    }
  }
}
