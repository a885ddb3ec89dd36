package io.filewright.proofs;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/// Lincheck runs compiled classes under interleavings that it chooses: random scenarios of a few
/// threads with a few calls each, and for each scenario a number of schedules. The same bounds for
/// the real classes and for those with a planted mistake.
final class ModelChecked {

  static final int THREADS = 3;
  static final int CALLS_PER_THREAD = 2;
  static final int SCENARIOS = 20;
  static final int SCHEDULES = 200;

  private ModelChecked() {}

  /// Fails unless the results of every run are those of some order of the calls on the
  /// specification, one after the other.
  ///
  /// @param operations a class with Lincheck's annotations
  /// @param specification the same methods for one thread
  static void linearizable(Class<?> operations, Class<?> specification) {
    new ModelCheckingOptions()
        .threads(THREADS)
        .actorsPerThread(CALLS_PER_THREAD)
        .actorsBefore(0)
        .actorsAfter(1)
        .iterations(SCENARIOS)
        .invocationsPerIteration(SCHEDULES)
        .minimizeFailedScenario(false)
        .sequentialSpecification(specification)
        .check(operations);
  }

  /// Whether it found something.
  static boolean refuted(Runnable check) {
    try {
      check.run();
      return false;
    } catch (LincheckAssertionError _) {
      return true;
    }
  }
}
