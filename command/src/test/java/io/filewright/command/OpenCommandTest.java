package io.filewright.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenCommandTest {

  @TempDir private Path folder;

  @Test
  void saysInJsonWhatBecameOfAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "one\ntwo\nthree");

    var run = CommandRun.of("open", "--json", "--count-lines", "--guard", "none", file);

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    Map<String, Object> json = run.json().getFirst();
    assertThat(json)
        .containsOnlyKeys(
            "path",
            "size",
            "state",
            "engine",
            "backing",
            "guard",
            "loadMillis",
            "engineMillis",
            "residentBytes",
            "lines")
        .containsEntry("path", file.toString())
        .containsEntry("size", BigDecimal.valueOf(13))
        .containsEntry("state", "Ready")
        .containsEntry("guard", "NONE")
        .containsEntry("backing", "COPIED")
        .containsEntry("residentBytes", BigDecimal.valueOf(13))
        .containsEntry("lines", BigDecimal.valueOf(2));
    assertThat((BigDecimal) json.get("loadMillis")).isPositive().hasScaleOf(3);
    assertThat((BigDecimal) json.get("engineMillis")).isPositive();
  }

  @Test
  void reportsInTheOrderOfTheArguments() throws IOException {
    Object[] args = new Object[702];
    args[0] = "open";
    args[1] = "--json";
    for (int i = 2; i < args.length; i++) {
      Path file = folder.resolve("f" + i);
      args[i] = i % 7 == 0 ? file : Files.writeString(file, "x".repeat(i));
    }

    var run = CommandRun.of(args);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.json())
        .extracting(json -> json.get("path"))
        .isEqualTo(IntStream.range(2, args.length).mapToObj(i -> args[i].toString()).toList());
    assertThat(run.err().lines()).hasSize(100);
  }

  @Test
  void saysWhyAFileFailed() {
    Path file = folder.resolve("missing");

    var run = CommandRun.of("open", "--json", "--engine", "portable", file);

    String message =
        "[%s] open: there is no such file. Check the spelling and the working directory."
            .formatted(file);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("filewright: " + message + "\n");
    Map<String, Object> json = run.json().getFirst();
    assertThat(json)
        .containsEntry("state", "Failed")
        .containsEntry("engine", "portable")
        .containsEntry("size", null)
        .containsEntry("backing", null);
    assertThat(json.get("error"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("type", "NotFound")
        .containsEntry("message", message)
        .containsEntry("path", file.toString())
        .containsEntry("operation", "open")
        .containsEntry("errno", null);
  }

  @Test
  void refusesDirectoriesAndFifos() throws IOException, InterruptedException {
    Path fifo = folder.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();

    var run = CommandRun.of("open", "--json", folder, fifo);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.json())
        .extracting(json -> ((Map<?, ?>) json.get("error")).get("type"))
        .isEqualTo(List.of("IsDirectory", "NotRegularFile"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 4096, 65_535, 65_537, 3_000_001})
  void findsWhatAnIndependentPassFinds(int size) throws Exception {
    byte[] bytes = new byte[size];
    var random = new Random(size);
    for (int i = 0; i < size; i++) {
      bytes[i] =
          "\n\u000b\t\u008a\u0000a\u00ff\u007f"
              .getBytes(StandardCharsets.ISO_8859_1)[random.nextInt(8)];
    }
    Path file = Files.write(folder.resolve("data"), bytes);
    long lines = IntStream.range(0, size).filter(i -> bytes[i] == 10).count();
    var digest = MessageDigest.getInstance("SHA-256").digest(bytes);

    for (String prefault : new String[] {"none", "head", "all", "AUTO"}) {
      var run =
          CommandRun.of(
              "open", "--json", "--sha256", "--count-lines", "--prefault", prefault, file);

      assertThat(run.json().getFirst())
          .containsEntry("lines", BigDecimal.valueOf(lines))
          .containsEntry("sha256", HexFormat.of().formatHex(digest));
    }
  }

  @Test
  void countsAsResidentWhatReadingTheContentBroughtIn() throws Exception {
    assumeTrue(CommandRun.of("info").out().contains("populate, the default"));
    Path file = Files.write(Path.of("target").resolve("resident.data"), new byte[1 << 20]);
    new ProcessBuilder("sync", file.toString()).start().waitFor();
    CommandRun.of("evict", file);

    var run = CommandRun.of("open", "--json", "--sha256", "--prefault", "none", file);

    assertThat(run.json().getFirst()).containsEntry("residentBytes", BigDecimal.valueOf(1 << 20));
  }

  @Test
  void showsPeopleEachState() throws IOException {
    Path file = Files.write(folder.resolve("data"), new byte[1 << 20]);

    var run = CommandRun.of("open", "--prefault", "all", file);

    assertThat(run.exitCode()).isZero();
    assertThat(run.lines()).hasSize(3);
    assertThat(run.lines().get(0)).matches("Pending +0\\.000 ms  .*/data");
    assertThat(run.lines().get(1))
        .matches("Loading +\\d+\\.\\d{3} ms  .*/data: 1\\.0 MiB to bring in");
    assertThat(run.lines().get(2))
        .matches(
            "Ready +\\d+\\.\\d{3} ms  .*/data: 1\\.0 MiB mapped, 1\\.0 MiB resident, engine .*");
  }

  @Test
  void keepsControlCharactersOfNamesFromTheTerminal() throws IOException {
    Path file = Files.writeString(folder.resolve("a\u001b[31m\u009b\u202e\"\\\n"), "x");
    Path missing = folder.resolve("b\u001b[31m");

    var text = CommandRun.of("open", file, missing);
    var json = CommandRun.of("open", "--json", file, missing);

    assertThat(text.out() + text.err() + json.out() + json.err())
        .doesNotContain("\u001b", "\u009b", "\u202e");
    assertThat(json.lines()).hasSize(2);
    assertThat(json.json()).extracting(o -> o.get("path")).first().isEqualTo(file.toString());
  }

  @Test
  void drawsNothingWithoutATerminal() throws IOException {
    Path file = Files.write(folder.resolve("data"), new byte[64 << 20]);

    assertThat(CommandRun.of("open", "--sha256", file).err()).isEmpty();
  }

  @Test
  void drawsABarOnATerminalAndClearsIt() throws IOException {
    Path file = Files.write(folder.resolve("data"), new byte[400 << 20]);

    String err = CommandRun.of(new Terminal(false, true, 60), "open", "--sha256", file).err();

    assertThat(err).contains("[").contains("of 400.0 MiB").endsWith("\r\u001b[K");
    assertThat(err.split("\r\u001b\\[K")).allSatisfy(line -> assertThat(line).hasSizeLessThan(60));
  }
}
