package io.filewright.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// A [ReplaceProgram] that runs until it is killed or closed.
final class ReplaceChild implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;
  private final Writer input;

  private ReplaceChild(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.input = process.outputWriter(StandardCharsets.UTF_8);
  }

  /// Starts one and waits until it takes commands.
  static ReplaceChild start(Path folder, int byteSize) throws IOException {
    var command =
        Child.Launch.of(ReplaceProgram.class)
            .with("-XX:TieredStopAtLevel=1", "-Xshare:auto")
            .command(folder, byteSize);
    var process =
        new ProcessBuilder(command)
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
  long lastAcknowledged(long before) throws IOException, InterruptedException {
    long last = before;
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("ACK ")) {
        last = Long.parseLong(line.substring(4));
      }
    }
    var _ = process.waitFor();
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
