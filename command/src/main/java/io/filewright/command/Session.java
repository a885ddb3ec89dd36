package io.filewright.command;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.error.FileException;
import io.filewright.error.Unsupported;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// A runtime for one command, with the time that it took to start it.
///
/// Its callbacks run where they are called: ours only note the time and pass the work on.
record Session(FileRuntime runtime, Millis startup) implements AutoCloseable {

  private static final int WARM_UPS = 3;
  private static final long WARM_UP_BYTES = 5 << 20;

  /// Starts the engine that was named, or the best one.
  ///
  /// @throws ParameterException if the engine that was named is not there: nothing stands in for it
  @SuppressWarnings("MustBeClosed") // with the session
  static Session start(Optional<String> engine, CommandSpec command) {
    long began = System.nanoTime();
    try {
      var builder = FileRuntime.builder().callbackExecutor(Runnable::run);
      engine.ifPresent(builder::engine);
      FileRuntime runtime = builder.build();
      warmUp(runtime);
      return new Session(runtime, Millis.since(began));
    } catch (Unsupported e) {
      var details = e.details();
      throw new ParameterException(
          new CommandLine(command),
          "%s: %s. %s".formatted(details.operation(), details.cause(), details.remedy()),
          e);
    }
  }

  /// The first file of a process waits for hundreds of classes. They belong to the start, not to
  /// the file that happens to be first, so files that every JDK has go ahead: a small one, and the
  /// beginning of a large one, which is loaded elsewhere and in several steps.
  private static void warmUp(FileRuntime runtime) {
    Path home = Path.of(System.getProperty("java.home"));
    var all = OpenOptions.readOnly().withPrefault(Prefault.ALL);
    for (int i = 0; i < WARM_UPS; i++) {
      warmUp(runtime, home.resolve("release"), all);
      warmUp(runtime, home.resolve("lib").resolve("modules"), all.withRange(0, WARM_UP_BYTES));
    }
  }

  private static void warmUp(FileRuntime runtime, Path file, OpenOptions<MmapRegion> options) {
    try (var handle = runtime.open(file, options)) {
      var _ = handle.toCompletableFuture().get().residency();
    } catch (FileException | ExecutionException _) {
      // Then the first file takes longer.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    runtime.close();
  }
}
