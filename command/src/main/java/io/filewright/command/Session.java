package io.filewright.command;

import io.filewright.FileRuntime;
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

  /// Starts the engine that was named, or the best one.
  ///
  /// @throws ParameterException if the engine that was named is not there: nothing stands in for it
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
  /// the file that happens to be first, so one that every JDK has goes ahead.
  private static void warmUp(FileRuntime runtime) {
    var options = OpenOptions.readOnly().withPrefault(Prefault.HEAD);
    try (var handle = runtime.open(Path.of(System.getProperty("java.home"), "release"), options)) {
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
