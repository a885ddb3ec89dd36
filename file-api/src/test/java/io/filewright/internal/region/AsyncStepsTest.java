package io.filewright.internal.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class AsyncStepsTest {

  /// As many as blocks of 256 KiB in 256 GiB.
  private static final int MANY = 1_000_000;

  @Test
  void manyStepsThatAreDoneAtOnceNeedNoStack() {
    var places = new ArrayList<Long>();
    AsyncSteps.run(
            MANY,
            at -> {
              places.add(at);
              return CompletableFuture.completedStage(1L);
            })
        .toCompletableFuture()
        .join();
    assertThat(places).hasSize(MANY).isSorted().endsWith(MANY - 1L);
  }

  @Test
  void stepsThatEndLaterGoOnThere() {
    try (var executor = Executors.newSingleThreadExecutor()) {
      var places = new ArrayList<Long>();
      AsyncSteps.run(
              10_000,
              at -> {
                places.add(at);
                return CompletableFuture.supplyAsync(() -> 3L, executor).thenApply(count -> count);
              })
          .toCompletableFuture()
          .join();
      assertThat(places).hasSize(3334);
    }
  }

  @Test
  void aStepThatFailsIsTheLast() {
    var failure = new IllegalStateException("third");
    for (boolean thrown : new boolean[] {true, false}) {
      var places = new ArrayList<Long>();
      var result =
          AsyncSteps.run(
              10,
              at -> {
                places.add(at);
                if (at < 2) {
                  return CompletableFuture.completedStage(1L);
                }
                if (thrown) {
                  throw failure;
                }
                return CompletableFuture.<Long>failedStage(failure).thenApply(count -> count);
              });
      assertThatThrownBy(() -> result.toCompletableFuture().join())
          .isInstanceOf(CompletionException.class)
          .hasCause(failure);
      assertThat(places).isEqualTo(List.of(0L, 1L, 2L));
    }
  }

  @Test
  void nothingTakesNoStep() {
    var result =
        AsyncSteps.run(
            0,
            _ -> {
              throw new AssertionError("a step");
            });
    assertThat(result).isCompleted();
  }
}
