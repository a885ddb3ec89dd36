import io.filewright.memory.MemoryBudget;
import io.filewright.stream.Chunk;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.LongTotals;
import io.filewright.stream.Records;
import io.filewright.stream.StreamConfig;
import io.filewright.stream.StreamingProcessor;

/// Statistics of a file of any size, one number a line, in memory that does not grow with it: four
/// chunks are folded at the same time, and their results combined in the order of the file.
void main(String[] arguments) throws Exception {
  MemoryBudget budget = MemoryBudget.ofBytes(16 << 20);
  ChunkSource numbers =
      ChunkSource.of(Path.of(arguments[0])).withRecords(Records.lines()).withBudget(budget);

  LongTotals totals =
      StreamingProcessor.of(StreamConfig.defaults().withWorkers(4))
          .aggregate(numbers, LongTotals::new, this::addLines, LongTotals::plus);

  IO.println(totals.count() + " numbers, sum " + totals.sum());
  IO.println("mean " + totals.mean().orElse(0) + ", greatest " + totals.max().orElse(0));
  IO.println("held to the budget: " + (budget.stats().peakBytes() <= budget.limitBytes()));
  IO.println("held now: " + budget.usedBytes());
}

private LongTotals addLines(LongTotals totals, Chunk chunk) throws Exception {
  String text = new String(chunk.toByteArray(), StandardCharsets.US_ASCII);
  text.lines().mapToLong(Long::parseLong).forEach(totals::plus);
  return totals;
}
