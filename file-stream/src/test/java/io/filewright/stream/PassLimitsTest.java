package io.filewright.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.ByteRange;
import io.filewright.error.FileException;
import io.filewright.error.MemoryLimitExceeded;
import io.filewright.error.NotFound;
import io.filewright.error.Truncated;
import io.filewright.memory.MemoryBudget;
import io.filewright.scan.ByteScan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a pass ends before its end, and what may be asked of it.
@Timeout(60)
class PassLimitsTest {

  private static final long TOO_MUCH = Long.MAX_VALUE;

  private static final Records ROWS =
      Records.endingWhere(
          memory -> ByteScan.lastIndexOf(memory, (byte) '\n', 0, memory.byteSize()) + 1);

  @TempDir private Path folder;
  private final MemoryBudget budget = MemoryBudget.ofBytes(8 << 20);

  @AfterEach
  void allMemoryIsBack() {
    assertThat(budget.usedBytes()).isZero();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("file"), text);
  }

  private ChunkSource of(Path path) {
    return ChunkSource.of(path).withBudget(budget);
  }

  @Test
  void recordsWhoseEndOnlyTheCallerKnowsAreTruncatedToo() throws Exception {
    Path path = file("123456789\n".repeat(100));
    try (var reader = of(path).withRecords(ROWS).withChunkSize(100).open()) {
      reader.next().orElseThrow().close();
      try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.truncate(455);
      }
      assertThatThrownBy(
              () -> reader.forEach(chunk -> assertThat(chunk.toByteArray()).endsWith('\n')))
          .isInstanceOf(Truncated.class)
          .hasMessageContaining("now ends at byte 455");
      assertThatThrownBy(reader::next).isInstanceOf(Truncated.class);
    }
  }

  @Test
  void recordsWhoseEndOnlyTheCallerKnowsEndWhereTheFileDidWhenItWasOpened() throws Exception {
    Path path = file("a\nb\nc");
    try (var reader = of(path).withRecords(ROWS).withChunkSize(2).open()) {
      reader.next().orElseThrow().close();
      Files.writeString(path, "d\ne\n", StandardOpenOption.APPEND);
      try (var second = reader.next().orElseThrow();
          var third = reader.next().orElseThrow()) {
        assertThat(second.toByteArray()).isEqualTo("b\n".getBytes(UTF_8));
        assertThat(third.toByteArray()).isEqualTo("c".getBytes(UTF_8));
      }
      assertThat(reader.next()).isEmpty();
    }
    assertThat(Streams.texts(of(path).withRecords(ROWS).withRange(new ByteRange(2, 100))))
        .containsExactly("b\ncd\ne\n");
    assertThat(Streams.texts(of(path).withRecords(ROWS).withRange(new ByteRange(50, 100))))
        .isEmpty();
  }

  @Test
  void aFileThatCannotBeOpenedIsNotSkippedByWhoAsksAgain() throws Exception {
    var source =
        ChunkSource.of(List.of(folder.resolve("none"), file("present"))).withBudget(budget);
    try (var reader = source.open()) {
      assertThatThrownBy(reader::next).isInstanceOf(NotFound.class);
      assertThatThrownBy(reader::next).isInstanceOf(NotFound.class);
      assertThatThrownBy(reader::claim).isInstanceOf(NotFound.class);
    }
  }

  @Test
  void aChunkThatCouldNotBeHadIsNotSkippedByWhoAsksAgain() throws Exception {
    try (var reader = of(file("abcdef")).withChunkSize(1).open()) {
      List<Chunk> open = List.of(reader.next().orElseThrow(), reader.next().orElseThrow());
      assertThatThrownBy(reader::next).isInstanceOf(IllegalStateException.class);
      open.forEach(Chunk::close);
      assertThatThrownBy(reader::next).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aPassThatDoesNotFitTellsWhatForAndWhatElseWouldDo() throws Exception {
    Path path = file("x");
    var small = MemoryBudget.ofBytes(100_000);
    assertThatThrownBy(() -> ChunkSource.of(path).withChunkSize(65_536).withBudget(small).open(3))
        .isInstanceOfSatisfying(
            MemoryLimitExceeded.class,
            e -> assertThat(e.requestedBytes()).isEqualTo(4 * (65_536 + 32_768 + 4096)))
        .hasMessage(
            "[%s] open: the memory budget has 100000 of 100000 bytes left, 409600 are needed for 4"
                + " buffers. Allow a larger budget, or use smaller chunks (withChunkSize) or fewer"
                + " workers.",
            path);
    var sink = ChunkSink.replacing(path).withBudget(small);
    assertThatThrownBy(sink::open)
        .isInstanceOf(MemoryLimitExceeded.class)
        .hasMessage(
            "[%s] open: the memory budget has 100000 of 100000 bytes left, 266240 are needed for"
                + " the buffer. Allow a larger budget, or a smaller buffer (withBufferSize).",
            path);
  }

  @Test
  void aRecordThatDoesNotFitTellsWhereItBegins() throws Exception {
    String text = "a\nb\n" + "x".repeat(300_000);
    Path path = file(text);
    var channel = Channels.newChannel(new ByteArrayInputStream(text.getBytes(UTF_8)));
    var small = MemoryBudget.ofBytes(200 << 10);
    for (ChunkSource source :
        List.of(
            ChunkSource.of(path).withRecords(Records.lines()),
            ChunkSource.of(path).withRecords(ROWS),
            ChunkSource.of(channel, "-").withRecords(Records.lines()))) {
      assertThatThrownBy(() -> Streams.read(source.withChunkSize(1000).withBudget(small)))
          .isInstanceOfSatisfying(
              MemoryLimitExceeded.class, e -> assertThat(e.byteOffset()).hasValue(4))
          .hasMessageContaining("] next(offset=4): the memory budget has ")
          .hasMessageEndingWith(
              " are needed for the record that begins here. Check the delimiter, or allow a larger"
                  + " budget or fewer workers.");
      assertThat(small.usedBytes()).isZero();
    }
  }

  @Test
  void chunksLargerThanTheFileReserveWhatTheFileNeeds() throws Exception {
    Path path = file("x".repeat(3 << 20));
    for (var records : List.of(Records.none(), Records.lines(), ROWS, Records.ofSize(3))) {
      var source = of(path).withRecords(records).withChunkSize(3L << 30);
      try (var reader = source.open()) {
        assertThat(budget.usedBytes()).isBetween(6L << 20, 7L << 20);
        try (var chunk = reader.next().orElseThrow()) {
          assertThat(chunk.byteSize()).isEqualTo(3 << 20);
        }
        assertThat(reader.next()).isEmpty();
      }
    }
    for (Path small : List.of(file(""), folder.resolve("none"))) {
      try (var _ = of(small).withChunkSize(1L << 40).open()) {
        assertThat(budget.usedBytes()).isLessThan(3L << 20);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, TOO_MUCH})
  void sizesThatMakeNoSenseAreRefusedAtTheCall(long size) throws Exception {
    var source = of(file("x"));
    String chunk = "; it must be from 1 to 1099511627776";
    refuses("chunkBytes: " + size + chunk, () -> source.withChunkSize(size));
    refuses("chunkBytes: " + size + chunk, () -> ChunkSource.follow(folder).withChunkSize(size));
    refuses("byteSize: " + size + chunk, () -> Records.ofSize(size));
    refuses("chunkSize: " + size + chunk, () -> StreamConfig.defaults().withChunkSize(size));
    String buffer = "; it must be from 1 to 4398046511104";
    refuses(
        "bufferBytes: " + size + buffer, () -> ChunkSink.replacing(folder).withBufferSize(size));
    refuses("bufferBytes: " + size + buffer, () -> BufferPool.of(budget, size));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, Integer.MAX_VALUE})
  void numbersThatMakeNoSenseAreRefusedAtTheCall(int number) throws Exception {
    var source = of(file("x"));
    String range = number + "; it must be from 1 to 65536";
    refuses("inFlight: " + range, () -> openAndClose(source, number));
    refuses("workers: " + range, () -> StreamConfig.defaults().withWorkers(number));
  }

  private static void openAndClose(ChunkSource source, int inFlight)
      throws FileException, InterruptedException {
    source.open(inFlight).close();
  }

  private static void refuses(String message, ThrowingCallable call) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  @Test
  void recordsMayBeAsLongAsTheyLike() throws Exception {
    String text = "x".repeat(10_000) + "\n";
    var channel = Channels.newChannel(new ByteArrayInputStream(text.getBytes(UTF_8)));
    for (ChunkSource source : List.of(of(file(text)), ChunkSource.of(channel, "-"))) {
      var lines = source.withRecords(Records.lines()).withChunkSize(10).withMaxRecordSize(TOO_MUCH);
      assertThat(Streams.texts(lines.withBudget(budget))).containsExactly(text);
    }
  }
}
