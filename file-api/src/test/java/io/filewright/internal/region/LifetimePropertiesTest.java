package io.filewright.internal.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// The end runs exactly once, and only when it is closed and no reference is out.
class LifetimePropertiesTest {

  enum Move {
    ACQUIRE,
    RELEASE,
    CLOSE,
    ALONE
  }

  @Property
  void followsTheModel(@ForAll @Size(max = 30) List<Move> moves) {
    var ends = new AtomicInteger();
    var lifetime = new Lifetime(ends::incrementAndGet);
    int references = 0;
    boolean closed = false;
    for (Move move : moves) {
      switch (move) {
        case ACQUIRE -> {
          assertThat(lifetime.tryAcquire()).isEqualTo(!closed);
          references += closed ? 0 : 1;
        }
        case RELEASE -> {
          if (references == 0) {
            assertThatThrownBy(lifetime::release)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("A reference was released twice.");
          } else {
            lifetime.release();
            references--;
          }
        }
        case CLOSE -> {
          assertThat(lifetime.close()).isEqualTo(!closed);
          closed = true;
        }
        case ALONE -> {
          var runs = new AtomicInteger();
          boolean alone = !closed && references == 1;
          assertThat(lifetime.tryAlone(runs::incrementAndGet)).isEqualTo(alone);
          assertThat(runs).hasValue(alone ? 1 : 0);
        }
      }
      assertThat(lifetime.references()).isEqualTo(references);
      assertThat(lifetime.isClosed()).isEqualTo(closed);
      assertThat(ends.get()).isEqualTo(closed && references == 0 ? 1 : 0);
    }
  }

  @Property(tries = 30)
  void endsOnceUnderManyThreads(@ForAll @IntRange(min = 1, max = 4) int threads)
      throws InterruptedException {
    for (int round = 0; round < 50; round++) {
      var ends = new AtomicInteger();
      var touchedAfterEnd = new AtomicBoolean();
      var lifetime = new Lifetime(ends::incrementAndGet);
      var start = new CountDownLatch(1);
      var users = new ArrayList<Thread>();
      for (int i = 0; i < threads; i++) {
        users.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      awaitQuietly(start);
                      while (lifetime.tryAcquire()) {
                        if (ends.get() != 0) {
                          touchedAfterEnd.set(true);
                        }
                        lifetime.release();
                      }
                    }));
      }
      start.countDown();
      lifetime.close();
      for (Thread user : users) {
        user.join();
      }
      assertThat(ends.get()).isEqualTo(1);
      assertThat(touchedAfterEnd).isFalse();
    }
  }

  @Test
  void closedWhileAloneEndsAfterwards() {
    var order = new ArrayList<String>();
    var lifetime = new Lifetime(() -> order.add("end"));
    assertThat(lifetime.tryAcquire()).isTrue();
    assertThat(
            lifetime.tryAlone(
                () -> {
                  // As another thread would at this moment.
                  assertThat(lifetime.close()).isTrue();
                  assertThat(lifetime.tryAcquire()).isFalse();
                  order.add("alone");
                }))
        .isTrue();
    assertThat(order).containsExactly("alone");
    lifetime.release();
    assertThat(order).containsExactly("alone", "end");
  }

  @Test
  void closeTellsWhoClosed() {
    var lifetime = new Lifetime(() -> {});
    assertThat(lifetime.close()).isTrue();
    assertThat(lifetime.close()).isFalse();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
