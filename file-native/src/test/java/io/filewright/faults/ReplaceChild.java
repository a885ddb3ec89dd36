package io.filewright.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A program that takes commands, such as [ReplaceProgram], and runs until it is killed or closed.
final class ReplaceChild implements AutoCloseable {

  /// Far more than any of its operations takes, on a busy machine too.
  private static final int LIFE_SECONDS = 100;

  private final Process process;
  private final BufferedReader output;
  private final Writer input;

  private ReplaceChild(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.input = process.outputWriter(StandardCharsets.UTF_8);
  }

  /// Starts a [ReplaceProgram] and waits until it takes commands.
  ///
  /// @param operation one of those that it will be asked for
  static ReplaceChild start(Path folder, int byteSize, String operation) throws IOException {
    return start(ReplaceProgram.class, folder, byteSize, operation);
  }

  /// Starts a program and waits until it takes commands.
  static ReplaceChild start(Class<?> program, Path folder, Object... arguments) throws IOException {
    var command = new ArrayList<Object>(List.of(folder));
    command.addAll(List.of(arguments));
    var launch = Child.Launch.of(program).with("-XX:TieredStopAtLevel=1", "-Xshare:auto");
    var process =
        new ProcessBuilder(launch.command(command.toArray()))
            .redirectError(ProcessBuilder.Redirect.to(folder.resolveSibling("errors.txt").toFile()))
            .start();
    var child = new ReplaceChild(process);
    var _ = child.await("READY");
    return child;
  }

  long pid() {
    return process.pid();
  }

  /// How many descriptors it has.
  long descriptors() throws IOException {
    return Long.parseLong(run("descriptors", 0).text());
  }

  void command(String operation, long version) throws IOException {
    input.write(operation + " " + version + "\n");
    input.flush();
  }

  /// Runs an operation that ends.
  Outcome run(String operation, long version) throws IOException {
    command(operation, version);
    return await("DONE").orElseThrow();
  }

  /// Kills it. What it has written can still be read, which `Process.destroyForcibly` would forbid.
  void kill() {
    process.toHandle().destroyForcibly();
  }

  /// Reads until it is dead, and says which version it acknowledged last.
  ///
  /// @param cell what is to kill it
  /// @throws IOException if that does not, such as a system call that it never makes
  long lastAcknowledged(String cell, long before) throws IOException, InterruptedException {
    var end = process.onExit().orTimeout(LIFE_SECONDS, TimeUnit.SECONDS);
    var _ = end.whenComplete((_, _) -> kill());
    long last = before;
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("ACK ")) {
        last = Long.parseLong(line.substring(4));
      }
    }
    var _ = process.waitFor();
    if (end.isCompletedExceptionally()) {
      throw new IOException(cell + " did not kill it in " + LIFE_SECONDS + " seconds");
    }
    return last;
  }

  /// How it ended.
  int exitCode() {
    return process.exitValue();
  }

  private Optional<Outcome> await(String end) throws IOException {
    Optional<Outcome> outcome = Optional.empty();
    for (String line = output.readLine(); !end.equals(line); line = output.readLine()) {
      if (line == null) {
        throw new IOException("the child ended before " + end);
      }
      Optional<Outcome> parsed = Outcome.parse(line);
      outcome = parsed.isPresent() ? parsed : outcome;
    }
    return outcome;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
