package io.filewright.faults;

import io.filewright.AsyncFileHandle;
import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.memory.MemoryBudget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Opens files of which some hang, and measures how long the others take.
///
/// Arguments: a file whose open hangs, two that do not, and the fault that ends the hang when it is
/// deleted.
final class HungOpenProgram {

  /// More than the runtime has threads for opening when all is calm.
  private static final int HUNG = 6;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private HungOpenProgram() {}

  public static void main(String[] arguments) throws Exception {
    Path slow = Path.of(arguments[0]);
    List<Path> others = List.of(Path.of(arguments[1]), Path.of(arguments[2]));
    var journal = new Journal();
    var budget = MemoryBudget.ofBytes(64L << 20);
    try (var runtime = FileRuntime.builder().openThreads(2, 8).budget(budget).build()) {
      List<AsyncFileHandle<MmapRegion>> hung =
          Stream.generate(() -> runtime.open(slow, OpenOptions.readOnly())).limit(HUNG).toList();
      for (Path other : others) {
        timed(journal, other.getFileName().toString(), () -> open(runtime, other));
      }
      timed(journal, "timeout", () -> openLimited(runtime, slow));
      timed(journal, "cancel", () -> cancel(hung.getFirst()));
      timed(journal, "close", () -> close(hung.get(1)));
      journal.fact("stillHung", hung.stream().filter(handle -> !handle.isDone()).count());
      Files.delete(Path.of(arguments[3]));
      journal.attempt("released", () -> closeAll(hung));
      journal.leaks(runtime, budget.usedBytes(), List.of(slow, others.get(0), others.get(1)));
    }
  }

  private static void timed(Journal journal, String name, Journal.Operation operation) {
    long start = System.nanoTime();
    journal.attempt(name, operation);
    journal.fact(name + "Millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  private static String open(FileRuntime runtime, Path file) throws Exception {
    try (var handle = runtime.open(file, OpenOptions.readOnly())) {
      return handle.await(PATIENCE).backing().name();
    }
  }

  private static String openLimited(FileRuntime runtime, Path file) throws Exception {
    var options = OpenOptions.readOnly().withTimeout(Duration.ofMillis(300));
    try (var handle = runtime.open(file, options)) {
      return handle.await(PATIENCE).toString();
    }
  }

  private static String cancel(AsyncFileHandle<MmapRegion> handle) throws Exception {
    boolean cancelled = handle.cancel();
    return cancelled + " " + handle.await(PATIENCE);
  }

  private static String close(AsyncFileHandle<MmapRegion> handle) {
    handle.close();
    return handle.state().getClass().getSimpleName();
  }

  private static String closeAll(List<AsyncFileHandle<MmapRegion>> handles) throws Exception {
    var all =
        handles.stream().map(AsyncFileHandle::closeAsync).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(all).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return "";
  }
}
