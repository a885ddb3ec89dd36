package io.filewright.bench.serve;

import io.filewright.bench.MissingException;
import io.filewright.bench.Outcome;
import io.filewright.bench.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The client: one thread, some connections, as many requests as it can.
///
/// @param connections kept alive
/// @param seconds how long a round takes
record Wrk(int connections, int seconds) {

  private static final Pattern SUM = Pattern.compile("(\\d+) requests in ([0-9.]+)s,");
  private static final Pattern FAILED = Pattern.compile("Non-2xx|Socket errors: (.*)");

  /// Makes sure that there is one.
  ///
  /// @throws MissingException if there is none
  static void check() throws MissingException {
    if (Shell.find("wrk").isEmpty()) {
      throw new MissingException("no wrk (Debian: apt-get install wrk)");
    }
  }

  /// The same with rounds of another length.
  Wrk lasting(int otherSeconds) {
    return new Wrk(connections, otherSeconds);
  }

  /// One round.
  ///
  /// @param fileBytes what each answer brings
  Outcome run(String url, long fileBytes) throws IOException, InterruptedException {
    return run(List.of(url), fileBytes);
  }

  /// One round, in which a script says what is asked for.
  ///
  /// @param script in Lua, as wrk takes it
  /// @param files what the script is told
  Outcome run(Path script, String url, int files, long fileBytes)
      throws IOException, InterruptedException {
    return run(List.of("-s", script.toString(), url, "--", Integer.toString(files)), fileBytes);
  }

  private Outcome run(List<String> what, long fileBytes) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--timeout=10"));
    command.addAll(what);
    var ended = Shell.run(command);
    Matcher sum = SUM.matcher(ended.output());
    if (ended.exitCode() != 0 || !sum.find() || FAILED.matcher(ended.output()).find()) {
      throw new IOException("wrk: " + ended.output());
    }
    long requests = Long.parseLong(sum.group(1));
    double time = Double.parseDouble(sum.group(2));
    return new Outcome(
        (long) (time * 1e9),
        Math.max(1, requests),
        requests * fileBytes,
        Optional.empty(),
        Map.of("requests/s", requests / time));
  }
}
