package io.filewright.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyCommandTest {

  private static final int SIZE = 3_000_001;

  @TempDir private Path folder;
  private Path source = Path.of("");
  private Path target = Path.of("");

  @BeforeEach
  void writeSource() throws Exception {
    byte[] content = new byte[SIZE];
    new Random(1).nextBytes(content);
    source = Files.write(folder.resolve("source"), content);
    target = folder.resolve("target");
  }

  @Test
  void kernelCopiesAndTheCopyIsCompared() throws Exception {
    Files.writeString(target, "old");
    var run = CommandRun.of("copy", "--json", source, target);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.json().getFirst())
        .containsEntry("path", source.toString())
        .containsEntry("target", target.toString())
        .containsEntry("method", "kernel")
        .containsEntry("verified", true)
        .containsEntry("error", null)
        .containsKey("millis");
    assertThat(run.json().getFirst().get("bytes")).hasToString("" + SIZE);
    assertThat(target).hasSameBinaryContentAs(source);
    assertThat(folder).isDirectoryNotContaining(path -> path.getFileName().toString().length() > 6);
  }

  @Test
  void streamsWhenAsked() {
    var run = CommandRun.of("copy", "--stream", "--no-verify", source, target);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Copied").endsWith("streamed, not verified\n");
    assertThat(target).hasSameBinaryContentAs(source);
  }

  @Test
  void streamsWhatHasNoSize() throws Exception {
    var run = CommandRun.of("copy", "/proc/version", target);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("streamed");
    assertThat(target).hasContent(Files.readString(Path.of("/proc/version")));
  }

  @Test
  void copiesIntoADirectoryAndEmptyFiles() throws Exception {
    Path directory = Files.createDirectory(folder.resolve("d"));
    Files.write(source, new byte[0]);
    assertThat(CommandRun.of("copy", source, directory).exitCode()).isZero();
    assertThat(directory.resolve("source")).isEmptyFile();
  }

  @Test
  void aFailureLeavesTheTarget() throws Exception {
    Files.writeString(target, "old");
    var run = CommandRun.of("copy", "--json", folder.resolve("none"), target);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.json().getFirst()).containsEntry("verified", false);
    assertThat(run.err()).startsWith("filewright: [" + folder.resolve("none") + "]");
    assertThat(target).hasContent("old");
  }
}
