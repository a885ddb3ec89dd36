import io.filewright.memory.MemoryBudget;
import io.filewright.scan.ByteScan;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.StreamConfig;
import io.filewright.stream.StreamMode;
import io.filewright.stream.StreamingProcessor;

/// Several files at once under one budget: each has a share that it cannot exceed, and all of them
/// together no more than the whole. Whoever comes when there is no room waits for its turn.
void main(String[] arguments) throws Exception {
  MemoryBudget whole = MemoryBudget.ofBytes(4 << 20);
  var counts = new LinkedHashMap<Path, Future<Long>>();
  try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
    for (String argument : arguments) {
      Path file = Path.of(argument);
      MemoryBudget share = whole.child(argument, 2 << 20);
      counts.put(file, threads.submit(() -> countLines(file, share)));
    }
  }
  for (var count : counts.entrySet()) {
    IO.println(count.getKey().getFileName() + ": " + count.getValue().get() + " lines");
  }
  IO.println("held to the budget: " + (whole.stats().peakBytes() <= whole.limitBytes()));
}

private long countLines(Path file, MemoryBudget share) throws Exception {
  StreamConfig config =
      StreamConfig.defaults()
          .withMode(StreamMode.STREAM)
          .withChunkSize(256 << 10)
          .withMemoryLimit(share);
  return StreamingProcessor.of(config)
      .aggregate(
          ChunkSource.of(file),
          () -> 0L,
          (lines, chunk) -> lines + chunk.<Long>apply(m -> ByteScan.count(m, (byte) '\n')),
          Long::sum);
}
