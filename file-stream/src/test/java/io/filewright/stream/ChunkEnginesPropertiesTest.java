package io.filewright.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// The same chunks, whoever brings the bytes in.
class ChunkEnginesPropertiesTest {

  private static Path file;
  private static final List<StreamEngine> ENGINES = new ArrayList<>();

  @BeforeContainer
  static void findEngines() throws Exception {
    file = Files.createTempFile("chunks", ".txt");
    Files.writeString(file, "x");
    for (StreamEngine engine : StreamEngine.values()) {
      var reason = Streams.whyNot(ChunkSource.of(file).withEngine(engine));
      if (reason.isEmpty()) {
        ENGINES.add(engine);
      } else {
        System.out.println("not tested here: " + engine + ": " + reason.get());
      }
    }
    assertThat(ENGINES).contains(StreamEngine.READ, StreamEngine.MAPPED);
  }

  @AfterContainer
  static void removeFile() throws Exception {
    Files.delete(file);
  }

  @Property(tries = 200, afterFailure = AfterFailureMode.RANDOM_SEED)
  void linesAreTheSameWithEveryEngine(
      @ForAll @Size(max = 60) List<@IntRange(max = 400) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 700) int chunkBytes,
      @ForAll @IntRange(min = 1, max = 5) int parts,
      @ForAll boolean ends)
      throws Exception {
    String text = text(lengths, ends);
    Files.writeString(file, text, StandardCharsets.ISO_8859_1);
    var source = ChunkSource.of(file).withRecords(Records.lines()).withChunkSize(chunkBytes);
    List<Streams.Seen> expected = expected(text, chunkBytes);

    for (StreamEngine engine : ENGINES) {
      assertThat(Streams.read(source.withEngine(engine))).as("%s", engine).isEqualTo(expected);
    }
    List<Streams.Seen> ofAllParts = new ArrayList<>();
    for (ChunkSource part : source.split(parts)) {
      ofAllParts.addAll(Streams.read(part));
    }
    assertThat(ofAllParts).isEqualTo(expected);
    assertThat(String.join("", Streams.texts(source.withRecords(Records.none())))).isEqualTo(text);
  }

  @Property(tries = 100)
  void largeChunksAreTheSameWithEveryEngine(
      @ForAll @IntRange(min = 1, max = 200_000) int size,
      @ForAll @IntRange(min = 2_000, max = 70_000) int chunkBytes)
      throws Exception {
    var text = new StringBuilder();
    for (int at = 0; text.length() < size; at++) {
      text.append("line ")
          .append(at)
          .append(at % 7 == 0 ? "-".repeat(at % 9_000) : "")
          .append('\n');
    }
    Files.writeString(file, text, StandardCharsets.ISO_8859_1);
    var source = ChunkSource.of(file).withRecords(Records.lines()).withChunkSize(chunkBytes);
    List<Streams.Seen> expected = expected(text.toString(), chunkBytes);
    for (StreamEngine engine : ENGINES) {
      assertThat(Streams.read(source.withEngine(engine))).as("%s", engine).isEqualTo(expected);
    }
  }

  private static String text(List<Integer> lengths, boolean ends) {
    var text = new StringBuilder();
    for (int length : lengths) {
      text.append("abcdefg".repeat(60), 0, length).append('\n');
    }
    if (!ends && !text.isEmpty()) {
      text.setLength(text.length() - 1);
    }
    return text.toString();
  }

  /// Line by line: each belongs to the cell of its first byte.
  private static List<Streams.Seen> expected(String text, int chunkBytes) {
    List<Streams.Seen> chunks = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int feed = text.indexOf('\n', from);
      int to = feed < 0 ? text.length() : feed + 1;
      long cell = from / chunkBytes;
      String line = text.substring(from, to);
      if (!chunks.isEmpty() && chunks.getLast().index() == cell) {
        Streams.Seen last = chunks.removeLast();
        chunks.add(new Streams.Seen(cell, last.byteOffset(), last.text() + line));
      } else {
        chunks.add(new Streams.Seen(cell, from, line));
      }
      from = to;
    }
    return chunks;
  }
}
