package io.filewright.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.ByteRange;
import io.filewright.error.AlreadyClosed;
import io.filewright.error.DataException;
import io.filewright.error.FileException;
import io.filewright.error.MemoryLimitExceeded;
import io.filewright.error.NotFound;
import io.filewright.error.NotRegularFile;
import io.filewright.error.TooLarge;
import io.filewright.error.Truncated;
import io.filewright.error.Unsupported;
import io.filewright.memory.MemoryBudget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ChunkSourceTest {

  @TempDir Path folder;
  private final MemoryBudget budget = MemoryBudget.ofBytes(64 << 20);

  @AfterEach
  void allMemoryIsBack() {
    assertThat(budget.usedBytes()).isZero();
    assertThat(budget.stats().releases()).isEqualTo(budget.stats().reservations());
  }

  @Test
  void noChunkCutsALineInTwo() throws Exception {
    assertThat(Streams.texts(lines("aa\nbbbb\ncc\ndddd").withChunkSize(5)))
        .containsExactly("aa\nbbbb\n", "cc\n", "dddd");
  }

  @Test
  void aLineThatBeginsAtACellsFirstByteBelongsToIt() throws Exception {
    assertThat(Streams.texts(lines("aaaa\nbbbb\ncccc\n").withChunkSize(5)))
        .containsExactly("aaaa\n", "bbbb\n", "cccc\n");
  }

  @Test
  void aLineLongerThanManyChunksIsOne() throws Exception {
    String line = "x".repeat(300_000) + "\n";
    assertThat(Streams.read(lines("a\n" + line + "b\n").withChunkSize(1000)))
        .containsExactly(
            new Streams.Seen(0, 0, "a\n" + line), new Streams.Seen(300, 300_003, "b\n"));
  }

  @Test
  void aLineBeyondTheLimitIsRefusedWhereItBegins() throws Exception {
    var source = lines("a\nb\n" + "x".repeat(200_000)).withChunkSize(3).withMaxRecordSize(100_000);
    assertThatThrownBy(() -> Streams.read(source))
        .isInstanceOf(TooLarge.class)
        .hasMessageContaining("next(offset=4): the record that begins here is longer than the")
        .hasMessageEndingWith("Check the delimiter, or allow longer records (withMaxRecordSize).");
  }

  @Test
  void aLineOfExactlyTheLimitIsAllowed() throws Exception {
    for (int size : List.of(100_000, 100_001)) {
      String line = "x".repeat(size) + "\n";
      var bytes = new ByteArrayInputStream(("a\n" + line).getBytes(UTF_8));
      for (ChunkSource source :
          List.of(lines("a\n" + line), ChunkSource.of(Channels.newChannel(bytes), "-"))) {
        var limited =
            source
                .withRecords(Records.lines())
                .withBudget(budget)
                .withChunkSize(1000)
                .withMaxRecordSize(100_000);
        if (size == 100_000) {
          assertThat(String.join("", Streams.texts(limited))).isEqualTo("a\n" + line);
        } else {
          assertThatThrownBy(() -> Streams.read(limited)).isInstanceOf(TooLarge.class);
        }
      }
    }
  }

  @Test
  void aLineThatFitsIntoAChunkIsAllowedWhereverItLies() throws Exception {
    for (int before : List.of(1, 60, 99)) {
      String text = "x\n".repeat(before) + "y".repeat(100) + "\n";
      var source = lines(text).withChunkSize(120).withMaxRecordSize(10);
      assertThat(String.join("", Streams.texts(source))).isEqualTo(text);
    }
  }

  @Test
  void aLineThatTheBudgetCannotHoldIsRefused() throws Exception {
    var small = MemoryBudget.ofBytes(200 << 10);
    var source = lines("x".repeat(300_000)).withChunkSize(1000).withBudget(small);
    assertThatThrownBy(() -> Streams.read(source)).isInstanceOf(MemoryLimitExceeded.class);
    assertThat(small.usedBytes()).isZero();
  }

  @Test
  void emptyFilesHaveNoChunks() throws Exception {
    assertThat(Streams.read(lines(""))).isEmpty();
    assertThat(Streams.read(lines("").withEngine(StreamEngine.MAPPED))).isEmpty();
  }

  @Test
  void recordsOfOneSizeAreKeptWhole() throws Exception {
    var source = of("aabbccddee").withRecords(Records.ofSize(2));
    assertThat(Streams.texts(source.withChunkSize(3))).containsExactly("aabb", "ccdd", "ee");
    assertThat(Streams.texts(source.withChunkSize(1))).hasSize(5).startsWith("aa");
  }

  @Test
  void aRecordThatIsNotThereWhollyIsAnErrorWithItsPlace() throws Exception {
    var source = of("aaabbbcc").withRecords(Records.ofSize(3)).withChunkSize(3);
    try (var reader = source.open()) {
      reader.next().orElseThrow().close();
      reader.next().orElseThrow().close();
      assertThatThrownBy(reader::next)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("next(offset=6): the last record has 2 of 3 bytes");
    }
  }

  @Test
  void recordsEndWhereTheCallerSays() throws Exception {
    // Rows end with a line feed that is not between quotes.
    Records rows =
        Records.endingWhere(
            memory -> {
              boolean quoted = false;
              long end = 0;
              for (long at = 0; at < memory.byteSize(); at++) {
                byte next = memory.get(ValueLayout.JAVA_BYTE, at);
                quoted ^= next == '"';
                end = next == '\n' && !quoted ? at + 1 : end;
              }
              return end;
            });
    var source = of("a,\"x\n\ny\"\nb,2\nc,\"\n\"").withRecords(rows);
    for (int size = 1; size < 20; size++) {
      assertThat(String.join("", Streams.texts(source.withChunkSize(size))))
          .isEqualTo("a,\"x\n\ny\"\nb,2\nc,\"\n\"");
    }
    assertThat(Streams.texts(source.withChunkSize(10)))
        .containsExactly("a,\"x\n\ny\"\n", "b,2\nc,\"\n\"");
    assertThatThrownBy(() -> source.split(2)).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = StreamEngine.class,
      names = {"MAPPED", "IO_URING", "DIRECT"})
  void whatCanOnlyBeReadRefusesOtherEngines(StreamEngine engine) throws Exception {
    var rows = of("a").withRecords(Records.endingWhere(MemorySegment::byteSize));
    var channel =
        ChunkSource.of(Channels.newChannel(new ByteArrayInputStream(new byte[] {'a'})), "-");
    for (var source : List.of(rows, channel)) {
      assertThatThrownBy(() -> source.withEngine(engine).open())
          .isInstanceOf(Unsupported.class)
          .hasMessageContaining("which " + engine + " does not do. Use READ or AUTO.");
      try (var reader = source.open()) {
        assertThat(reader.engine()).isEqualTo(StreamEngine.READ);
      }
      assertThat(source.chosenEngine()).isEqualTo(StreamEngine.READ);
    }
  }

  @Test
  void aRangeBeginsWithARecord() throws Exception {
    var source = lines("head\naa\nbb\ncc\n").withRange(new ByteRange(5, 11)).withChunkSize(4);
    assertThat(Streams.read(source)).containsExactly(new Streams.Seen(0, 5, "aa\nbb\n"));
    assertThat(Streams.read(source.withRange(new ByteRange(100, 200)))).isEmpty();
  }

  @Test
  void severalFilesComeInTurn() throws Exception {
    Path a = file("a", "1\n2\n");
    Path b = file("b", "");
    Path c = file("c", "3\n");
    var source = ChunkSource.of(List.of(a, b, c)).withRecords(Records.lines()).withBudget(budget);
    try (var reader = source.withChunkSize(2).open();
        var chunks = reader.stream()) {
      assertThat(chunks.map(chunk -> chunk.path().getFileName() + "@" + chunk.byteOffset()))
          .containsExactly("a@0", "a@2", "c@0");
    }
  }

  @Test
  void aChannelIsReadToItsEnd() throws Exception {
    var bytes = new ByteArrayInputStream("aa\nbbbb\ncc".getBytes(UTF_8));
    var source =
        ChunkSource.of(Channels.newChannel(bytes), "-")
            .withRecords(Records.lines())
            .withChunkSize(4)
            .withBudget(budget);
    assertThat(Streams.read(source))
        .containsExactly(new Streams.Seen(0, 0, "aa\n"), new Streams.Seen(1, 3, "bbbb\ncc"));
  }

  @Test
  void aFileThatDoesNotTellItsSizeIsReadToItsEnd() throws Exception {
    var source = ChunkSource.of(Path.of("/proc/self/status")).withRecords(Records.lines());
    assertThat(String.join("", Streams.texts(source.withChunkSize(100)))).contains("VmRSS");
  }

  @Test
  void aFileThatDoesNotTellItsSizeIsInOneOfItsParts() throws Exception {
    var source = ChunkSource.of(Path.of("/proc/version")).withRecords(Records.lines());
    List<String> parts = new ArrayList<>();
    for (ChunkSource part : source.split(3)) {
      parts.addAll(Streams.texts(part));
    }
    assertThat(parts).isEqualTo(Streams.texts(source)).isNotEmpty();
  }

  @Test
  void aChannelThatDoesNotWaitIsRefused() throws Exception {
    Pipe pipe = Pipe.open();
    try (var end = pipe.sink();
        var channel = pipe.source()) {
      channel.configureBlocking(false);
      var source = ChunkSource.of(channel, "pipe").withBudget(budget);
      assertThatThrownBy(() -> Streams.read(source))
          .isInstanceOf(Unsupported.class)
          .hasMessageContaining("the channel does not wait for bytes");
      assertThat(end.isOpen()).isTrue();
    }
  }

  @Test
  void failuresNameTheFile() throws Exception {
    assertThatThrownBy(() -> Streams.read(ChunkSource.of(folder.resolve("absent"))))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("absent");
    Path fifo = folder.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> Streams.read(ChunkSource.of(fifo))).isInstanceOf(NotRegularFile.class);
  }

  @Test
  void aFileThatBecomesShorterIsTruncatedAndNotJunk() throws Exception {
    for (StreamEngine engine : List.of(StreamEngine.READ, StreamEngine.MAPPED)) {
      Path path = file("shrinks", "x".repeat(100_000));
      var source = ChunkSource.of(path).withChunkSize(10_000).withEngine(engine);
      try (var reader = source.withBudget(budget).open()) {
        reader.next().orElseThrow().close();
        cut(path, 45_000);
        assertThatThrownBy(
                () -> reader.forEach(chunk -> assertThat(chunk.toByteArray()).doesNotContain(0)))
            .as("%s", engine)
            .isInstanceOf(Truncated.class)
            .hasMessageContaining("now ends at byte 45000");
      }
    }
  }

  @Test
  void aChunkIsDeadOnceItIsClosed() throws Exception {
    try (var reader = of("abc").open()) {
      Chunk chunk = reader.next().orElseThrow();
      chunk.close();
      chunk.close();
      assertThatThrownBy(chunk::toByteArray).isInstanceOf(AlreadyClosed.class);
    }
  }

  /// The second chunk is in the memory of the first, and the third may not be.
  @Test
  void aClosedChunkDoesNotSeeTheNextOneInItsMemory() throws Exception {
    try (var reader = of("abc").withChunkSize(1).open(2)) {
      Chunk first = reader.next().orElseThrow();
      first.close();
      Chunk second = reader.next().orElseThrow();
      first.close();
      Chunk third = reader.next().orElseThrow();
      assertThatThrownBy(first::toByteArray).isInstanceOf(AlreadyClosed.class);
      assertThat(first.byteOffset()).isZero();
      assertThat(second.toByteArray()).isEqualTo("b".getBytes(UTF_8));
      assertThat(third.toByteArray()).isEqualTo("c".getBytes(UTF_8));
      List.of(second, third).forEach(Chunk::close);
    }
  }

  @Test
  void aChunkOutlivesItsReader() throws Exception {
    Chunk chunk;
    try (var reader = of("abc").open()) {
      chunk = reader.next().orElseThrow();
    }
    try (chunk) {
      assertThat(chunk.toByteArray()).isEqualTo("abc".getBytes(UTF_8));
    }
  }

  @Test
  void noMoreChunksAreOpenThanThePassHasMemoryFor() throws Exception {
    try (var reader = of("abcdef").withChunkSize(1).open(2)) {
      var first = reader.next().orElseThrow();
      var second = reader.next().orElseThrow();
      var spare = reader.next().orElseThrow();
      assertThatThrownBy(reader::next)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("close one before asking for another");
      List.of(first, second, spare).forEach(Chunk::close);
    }
  }

  @Test
  void memoryIsReservedWhenAPassBegins() throws Exception {
    var source = of("abc").withChunkSize(1 << 20);
    try (var _ = source.open(3)) {
      assertThat(budget.usedBytes())
          .isBetween(4L << 20, (4L << 20) + 4 * (ChunkSource.SLACK_BYTES + 4096));
    }
    assertThatThrownBy(() -> source.withBudget(budget.child("small", 1 << 20)).open())
        .isInstanceOf(MemoryLimitExceeded.class);
  }

  @Test
  void aPassWaitsUntilAnotherOneEnds() throws Exception {
    var small = budget.child("small", 3 << 20);
    var source = of("abc").withChunkSize(1 << 20).withBudget(small);
    ChunkReader first = source.open();
    var waiting = new Thread(() -> readQuietly(source));
    waiting.start();
    while (!small.isContended()) {
      Thread.sleep(1);
    }
    first.close();
    waiting.join();
    assertThat(small.usedBytes()).isZero();
  }

  @Test
  void severalThreadsShareAPass() throws Exception {
    var text = new StringBuilder();
    for (int line = 0; line < 20_000; line++) {
      text.append(line).append('\n');
    }
    var seen = ConcurrentHashMap.<Long>newKeySet();
    var bytes = new AtomicLong();
    try (var reader = lines(text.toString()).withChunkSize(100).open(4)) {
      var threads = List.of(worker(reader, seen, bytes), worker(reader, seen, bytes));
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(bytes.get()).isEqualTo(text.length());
  }

  private static Thread worker(ChunkReader reader, Set<Long> seen, AtomicLong bytes) {
    return Thread.ofPlatform()
        .start(
            () -> {
              try {
                reader.forEach(
                    chunk -> {
                      assertThat(seen.add(chunk.index())).isTrue();
                      bytes.addAndGet(chunk.byteSize());
                    });
              } catch (FileException e) {
                throw new AssertionError(e);
              }
            });
  }

  private static void readQuietly(ChunkSource source) {
    try {
      Streams.read(source);
    } catch (FileException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private ChunkSource lines(String text) throws IOException {
    return of(text).withRecords(Records.lines());
  }

  private ChunkSource of(String text) throws IOException {
    return ChunkSource.of(file("file", text)).withBudget(budget);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static void cut(Path path, long byteSize) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(byteSize);
    }
  }
}
