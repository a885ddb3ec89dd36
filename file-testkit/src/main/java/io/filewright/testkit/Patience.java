package io.filewright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.FileRuntime;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// Waiting in tests: long enough for a slow machine, never for ever.
final class Patience {

  static final Duration LIMIT = Duration.ofSeconds(20);

  private Patience() {}

  /// Waits until something holds.
  static void until(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("has not happened within " + LIMIT + ": " + what);
      }
      Thread.sleep(1);
    }
  }

  static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// What a future fails with.
  static Throwable failure(CompletableFuture<?> future) throws Exception {
    try {
      return new AssertionError("it did not fail: " + get(future));
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("it never ended", e);
    }
  }

  /// Waits until a runtime holds nothing, as loads that were cancelled end a little later.
  static void untilEmpty(FileRuntime runtime) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!isEmpty(runtime) && System.nanoTime() - deadline < 0) {
      Thread.sleep(1);
    }
    var stats = runtime.stats();
    assertThat(stats.activeRegions()).as("active regions").isZero();
    assertThat(stats.openDescriptors()).as("open descriptors").isZero();
    assertThat(stats.mappedBytes()).as("mapped bytes").isZero();
    assertThat(stats.copiedBytes()).as("copied bytes").isZero();
    assertThat(stats.failedCloses()).as("failed closes").isZero();
  }

  private static boolean isEmpty(FileRuntime runtime) {
    var stats = runtime.stats();
    return stats.activeRegions() == 0
        && stats.openDescriptors() == 0
        && stats.mappedBytes() == 0
        && stats.copiedBytes() == 0;
  }
}
