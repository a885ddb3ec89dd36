package io.filewright.processing;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.stream.BatchedSources;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.DoubleTotals;
import io.filewright.stream.Records;
import io.filewright.stream.StreamConfig;
import io.filewright.stream.StreamMode;
import io.filewright.stream.StreamingProcessor;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Results do not depend on mode, batches or workers.
class StreamingPropertiesTest {

  private static final StreamingProcessor DIRECT =
      StreamingProcessor.of(StreamConfig.defaults().withMode(StreamMode.DIRECT));

  private static StreamingProcessor streaming(int batchBytes, int workers) {
    return StreamingProcessor.of(
        StreamConfig.defaults()
            .withMode(StreamMode.STREAM)
            .withChunkSize(batchBytes)
            .withWorkers(workers));
  }

  @Property(tries = 150)
  void fileComesOutAsItIs(
      @ForAll("text") String content,
      @ForAll @IntRange(min = 1, max = 300) int chunkBytes,
      @ForAll @IntRange(min = 1, max = 5) int workers)
      throws Exception {
    Path file = fileOf(content);
    try {
      var lines = ChunkSource.of(file).withRecords(Records.lines());
      assertThat(text(DIRECT, lines)).isEqualTo(content);
      assertThat(text(streaming(chunkBytes, workers), lines)).isEqualTo(content);
    } finally {
      Files.delete(file);
    }
  }

  private static String text(StreamingProcessor processor, ChunkSource source) throws Exception {
    return processor.aggregate(
        source,
        () -> "",
        (partial, chunk) -> partial + new String(chunk.toByteArray(), StandardCharsets.US_ASCII),
        String::concat);
  }

  @Property(tries = 300)
  void doublesHaveTheSameTotalsToTheLastBit(
      @ForAll("doubles") double[] values,
      @ForAll @IntRange(min = 1, max = 200) int batchBytes,
      @ForAll @IntRange(min = 1, max = 5) int workers)
      throws Exception {
    DoubleTotals direct = DIRECT.totals(values);
    assertThat(streaming(batchBytes, workers).totals(values)).hasToString(direct.toString());
    assertThat(direct.count()).isEqualTo(values.length);
    assertThat(direct.min()).isEqualTo(Arrays.stream(values).min());
    assertThat(direct.max()).isEqualTo(Arrays.stream(values).max());
    assertThat(direct.sum()).isEqualTo(exactSum(values));
  }

  private static double exactSum(double[] values) {
    return Arrays.stream(values)
        .mapToObj(BigDecimal::new)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .doubleValue();
  }

  @Property(tries = 200)
  void longsHaveAnExactSum(
      @ForAll long[] values,
      @ForAll @IntRange(min = 1, max = 200) int batchBytes,
      @ForAll @IntRange(min = 1, max = 5) int workers)
      throws Exception {
    var streamed = streaming(batchBytes, workers).totals(values);
    assertThat(streamed).hasToString(DIRECT.totals(values).toString());
    assertThat(streamed.sum())
        .isEqualTo(
            LongStream.of(values)
                .mapToObj(BigInteger::valueOf)
                .reduce(BigInteger.ZERO, BigInteger::add));
    assertThat(streamed.min()).isEqualTo(Arrays.stream(values).min());
    assertThat(streamed.max()).isEqualTo(Arrays.stream(values).max());
    int[] ints = LongStream.of(values).mapToInt(value -> (int) value).toArray();
    assertThat(streaming(batchBytes, workers).totals(ints).sum())
        .isEqualTo(BigInteger.valueOf(Arrays.stream(ints).asLongStream().sum()));
  }

  @Property(tries = 200)
  void elementsKeepTheirOrder(
      @ForAll @Size(max = 300) List<Integer> elements,
      @ForAll @IntRange(min = 1, max = 2000) int batchBytes,
      @ForAll @IntRange(min = 1, max = 5) int workers)
      throws Exception {
    var processor = streaming(batchBytes, workers);
    try (var results = processor.process(BatchedSources.of(elements.iterator()), List::copyOf)) {
      assertThat(results.stream().flatMap(List::stream).toList()).isEqualTo(elements);
    }
  }

  @Provide
  Arbitrary<String> text() {
    return Arbitraries.strings().withChars('a', 'b', '\n').ofMaxLength(2000);
  }

  @Provide
  Arbitrary<double[]> doubles() {
    var any = Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
    var near = Arbitraries.of(0.1, -0.1, 1e16, -1e16, 1.0, Double.MIN_VALUE, -Double.MAX_VALUE);
    return Arbitraries.oneOf(any, near)
        .list()
        .ofMaxSize(100)
        .map(list -> list.stream().mapToDouble(value -> value).toArray());
  }

  private static Path fileOf(String content) throws IOException {
    return Files.writeString(Files.createTempFile("streaming", ".txt"), content);
  }
}
