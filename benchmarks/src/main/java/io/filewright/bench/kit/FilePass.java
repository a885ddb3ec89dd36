package io.filewright.bench.kit;

import io.filewright.bench.Arguments;
import io.filewright.bench.Contender;
import io.filewright.bench.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;

/// Goes through one file from end to end, with the clock round nothing else. With the argument
/// `metered=true` a [Meter] says what it takes beside time.
public abstract class FilePass implements Contender {

  private Path file = Path.of("");
  private long byteSize;
  private boolean metered;

  @Override
  public final void prepare(Arguments arguments) throws Exception {
    file = arguments.file();
    byteSize = Files.size(file);
    metered = Boolean.parseBoolean(arguments.get("metered", "false"));
    begin(file, arguments);
  }

  @Override
  public final Outcome run() throws Exception {
    if (!metered) {
      return timed();
    }
    Meter meter = Meter.start();
    Outcome outcome = timed();
    return outcome.withMetrics(meter.stop(byteSize));
  }

  /// Makes ready, before the first round, what is not to be on the clock.
  protected void begin(Path file, Arguments arguments) throws Exception {}

  /// What is measured.
  ///
  /// @return the checksum of what was seen
  protected abstract long pass(Path file) throws Exception;

  private Outcome timed() throws Exception {
    long start = System.nanoTime();
    long checksum = pass(file);
    return Outcome.of(System.nanoTime() - start, 1, byteSize, checksum);
  }
}
