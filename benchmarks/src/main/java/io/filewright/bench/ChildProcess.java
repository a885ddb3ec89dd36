package io.filewright.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The parent's end of a contender's process, see [Child].
final class ChildProcess {

  private static final int ROUND_LIMIT_MINUTES = 30;

  private static final int COMPLAINTS = 100;

  private static final int STACK_LINES = 4;

  /// Not the contender's doing.
  private static final String INCUBATOR = "WARNING: Using incubator modules";

  private static final String END = "";

  private final Workspace workspace;
  private final Process process;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

  private ChildProcess(Workspace workspace, Process process) {
    this.workspace = workspace;
    this.process = process;
    collect(process.getInputStream(), answers, Integer.MAX_VALUE);
    collect(process.getErrorStream(), complaints, COMPLAINTS);
  }

  /// Starts it and waits until it is ready.
  ///
  /// @throws MissingException if it says that it cannot take part
  static ChildProcess start(List<String> command, Workspace workspace)
      throws IOException, MissingException, InterruptedException {
    var process = new ProcessBuilder(command).start();
    workspace.started(process);
    var child = new ChildProcess(workspace, process);
    boolean ready = false;
    try {
      child.answer();
      ready = true;
      return child;
    } finally {
      if (!ready) {
        child.end();
      }
    }
  }

  Outcome round() throws IOException, MissingException, InterruptedException {
    var out = process.getOutputStream();
    out.write('\n');
    out.flush();
    return Outcome.fromJson(answer());
  }

  ProcStatus status() {
    return new ProcStatus(String.valueOf(process.pid()));
  }

  /// What it wrote to its standard error so far: warnings that a user would see.
  List<String> complaints() {
    return complaints.stream()
        .filter(line -> !line.isBlank() && !line.startsWith(INCUBATOR))
        .toList();
  }

  /// Lets it end, and waits for that.
  void end() throws InterruptedException {
    try {
      process.getOutputStream().close();
    } catch (IOException _) {
      // It has ended already: that is what was wanted.
    }
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    workspace.ended(process);
  }

  private Map<String, Object> answer() throws IOException, MissingException, InterruptedException {
    while (true) {
      String line = answers.poll(ROUND_LIMIT_MINUTES, TimeUnit.MINUTES);
      if (line == null) {
        throw new IOException("no answer within %d minutes".formatted(ROUND_LIMIT_MINUTES));
      }
      if (line.equals(END)) {
        process.waitFor();
        throw new IOException(
            "it ended with exit code %d. %s"
                .formatted(process.exitValue(), String.join(" | ", complaints())));
      }
      if (!line.startsWith("{")) {
        complaints.add(line);
        continue;
      }
      Map<String, Object> answer = Json.readObject(line);
      if (answer.containsKey("missing")) {
        throw new MissingException(String.valueOf(answer.get("missing")));
      }
      if (answer.containsKey("error")) {
        process.waitFor(5, TimeUnit.SECONDS);
        throw new IOException(answer.get("error") + stackTrace());
      }
      return answer;
    }
  }

  private String stackTrace() {
    return complaints().stream()
        .filter(line -> line.contains("io.filewright") && line.strip().startsWith("at "))
        .limit(STACK_LINES)
        .map(line -> "\n      " + line.strip())
        .reduce("", String::concat);
  }

  private static void collect(InputStream stream, Queue<String> lines, int limit) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (var reader =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                String line;
                while ((line = reader.readLine()) != null) {
                  if (lines.size() < limit && !line.equals(END)) {
                    lines.add(line);
                  }
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } finally {
                lines.add(END);
              }
            });
  }
}
