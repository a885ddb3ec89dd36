package io.filewright.faults;

import io.filewright.FileRuntime;
import io.filewright.memory.MemoryBudget;
import java.nio.file.Path;
import java.util.List;

/// Tries every public operation on a small and a large file, says what became of each attempt, and
/// what is held at the end. Run as a process of its own, in which system calls fail.
///
/// Arguments: the small file, the large one, and how often an operation is tried until it succeeds.
final class FaultProgram {

  private static final long BUDGET_BYTES = 64L << 20;

  private FaultProgram() {}

  public static void main(String[] arguments) throws Exception {
    Path small = Path.of(arguments[0]);
    Path large = Path.of(arguments[1]);
    int attempts = Integer.parseInt(arguments[2]);
    var journal = new Journal();
    var budget = MemoryBudget.ofBytes(BUDGET_BYTES);
    try (var runtime = FileRuntime.builder().budget(budget).build()) {
      journal.fact("engine", runtime.engineName());
      new SmallFileOperations(runtime, small)
          .all()
          .forEach((name, operation) -> attempt(journal, name, operation, attempts));
      new LargeFileOperations(runtime, large)
          .all()
          .forEach((name, operation) -> attempt(journal, name, operation, attempts));
      journal.leaks(runtime, budget.usedBytes(), List.of(small, large));
    }
    journal.fact("end", "reached");
  }

  private static void attempt(
      Journal journal, String name, Journal.Operation operation, int attempts) {
    for (int i = 0; i < attempts && !journal.attempt(name, operation); i++) {
      // Once more.
    }
  }
}
