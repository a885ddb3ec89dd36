package io.filewright.bench.kit;

import io.filewright.bench.Arguments;
import io.filewright.bench.Contender;
import io.filewright.bench.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Goes through one file from end to end, with the clock round nothing else. With the argument
/// `metered=true` a [Meter] says what it takes beside time. With `memory=BYTES` it does so in a
/// control group that has no more than that for the page cache and itself, and says what it takes.
public abstract class FilePass implements Contender {

  /// Name of the figure: anonymous memory at its peak beyond what there was before.
  public static final String GROWN = "RssAnon +MiB";

  private Path file = Path.of("");
  private long byteSize;
  private boolean metered;
  private Optional<ControlGroup> group = Optional.empty();

  @Override
  public final void prepare(Arguments arguments) throws Exception {
    file = arguments.file();
    byteSize = Files.size(file);
    metered = Boolean.parseBoolean(arguments.get("metered", "false"));
    long memoryBytes = Long.parseLong(arguments.get("memory", "0"));
    if (memoryBytes > 0) {
      group = Optional.of(ControlGroup.join(memoryBytes, 0, file));
    }
    begin(file, arguments);
  }

  @Override
  public final Outcome run() throws Exception {
    if (group.isPresent()) {
      try (var peak = AnonymousPeak.start()) {
        Outcome outcome = timed();
        return outcome.withMetrics(Map.of(GROWN, peak.grownMib()));
      }
    }
    if (!metered) {
      return timed();
    }
    Meter meter = Meter.start();
    Outcome outcome = timed();
    return outcome.withMetrics(meter.stop(byteSize));
  }

  @Override
  public final void close() throws IOException {
    end();
    if (group.isPresent()) {
      group.get().close();
    }
  }

  /// Makes ready, before the first round, what is not to be on the clock.
  protected void begin(Path file, Arguments arguments) throws Exception {}

  /// Lets go, after the last round, of what that has made.
  protected void end() throws IOException {}

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
