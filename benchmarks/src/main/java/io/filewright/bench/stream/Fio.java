package io.filewright.bench.stream;

import io.filewright.bench.Arguments;
import io.filewright.bench.Contender;
import io.filewright.bench.MissingException;
import io.filewright.bench.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the disk gives: `fio`, which reads with direct I/O, 1 MiB at a time, one at a time, and
/// looks at nothing.
final class Fio implements Contender {

  /// Of all reads, in milliseconds.
  private static final Pattern RUNTIME = Pattern.compile("\"runtime\" : ([0-9]+)");

  private Path file = Path.of("");

  @Override
  public void prepare(Arguments arguments) throws IOException, MissingException {
    file = arguments.file();
    try {
      new ProcessBuilder("fio", "--version").start().destroy();
    } catch (IOException e) {
      throw new MissingException("fio is not on the path: " + e.getMessage());
    }
  }

  @Override
  public Outcome run() throws IOException, InterruptedException {
    Process fio =
        new ProcessBuilder(
                List.of(
                    "fio",
                    "--name=scan",
                    "--filename=" + file,
                    "--readonly",
                    "--rw=read",
                    "--ioengine=psync",
                    "--iodepth=1",
                    "--bs=1M",
                    "--direct=1",
                    "--output-format=json"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(fio.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher runtime = RUNTIME.matcher(output);
    if (fio.waitFor() != 0 || !runtime.find()) {
      throw new IOException("fio failed: " + output);
    }
    long nanos = Long.parseLong(runtime.group(1)) * 1_000_000;
    return new Outcome(nanos, 1, Files.size(file), Optional.empty(), Map.of());
  }
}
