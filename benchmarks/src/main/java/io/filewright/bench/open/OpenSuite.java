package io.filewright.bench.open;

import io.filewright.bench.Comparison;
import io.filewright.bench.Result;
import io.filewright.bench.Settings;
import io.filewright.bench.Suite;
import java.util.List;
import java.util.stream.Stream;

/// From a path to bytes that can be used.
public final class OpenSuite implements Suite {

  @Override
  public String name() {
    return "open";
  }

  @Override
  public String description() {
    return "open, load, read, close: 4 KiB to 4 GiB, in parallel, many small files, single calls";
  }

  @Override
  public List<Comparison> comparisons(Settings settings) {
    return Stream.of(
            Calls.comparisons(settings),
            Loads.comparisons(settings),
            Parallel.comparisons(settings),
            SmallFiles.comparisons(settings),
            Sweep.comparisons(settings))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<String> summary(List<Result> results) {
    return Sweep.crossover(results);
  }
}
