package io.filewright.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// [io.filewright.memory.MemoryBudget] and its reservations under model checking: exact, whoever
/// reserves and closes at the same time.
class BudgetTest {

  @Test
  void isLinearizable() {
    ModelChecked.linearizable(BudgetOperations.Real.class, BudgetOperations.Specification.class);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {BudgetOperations.LooksThenTakes.class, BudgetOperations.LooksThenCloses.class})
  void aMistakeIsFound(Class<?> operations) {
    assertThat(
            ModelChecked.refuted(
                () -> ModelChecked.linearizable(operations, BudgetOperations.Specification.class)))
        .isTrue();
  }
}
