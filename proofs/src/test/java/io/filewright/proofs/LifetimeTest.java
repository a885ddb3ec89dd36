package io.filewright.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// [io.filewright.internal.region.Lifetime] under model checking: what its callers see is what they
/// would see one after the other, memory is there while a reference is held, and the end runs once.
class LifetimeTest {

  @Test
  void isLinearizable() {
    ModelChecked.linearizable(
        LifetimeOperations.Real.class, LifetimeOperations.Specification.class);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        LifetimeOperations.AcquiresWithoutComparing.class,
        LifetimeOperations.ReleasesInTwoSteps.class,
        LifetimeOperations.ReleaseDoesNotEnd.class,
        LifetimeOperations.CloseEndsAtOnce.class,
        LifetimeOperations.AloneIgnoresReferences.class,
        LifetimeOperations.AcquireIgnoresAlone.class
      })
  void aMistakeIsFound(Class<?> operations) {
    assertThat(
            ModelChecked.refuted(
                () ->
                    ModelChecked.linearizable(operations, LifetimeOperations.Specification.class)))
        .isTrue();
  }
}
