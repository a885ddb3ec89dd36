package io.filewright.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
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

  @Test
  void aCopyThatDiffersIsNotPutInPlace() throws Exception {
    Files.writeString(target, "old");
    var stop = new AtomicBoolean();
    Thread writer = Thread.ofPlatform().start(() -> appendUntil(stop));
    try {
      for (int i = 0; i < 50; i++) {
        var run = CommandRun.of("copy", "--json", source, target);
        if (run.exitCode() == 1) {
          assertThat(run.json().getFirst()).containsEntry("verified", false);
          assertThat(run.err())
              .contains("the copy differs from the source here, and was not put in place");
          assertThat(target).hasContent("old");
          return;
        }
        Files.writeString(target, "old"); // nobody wrote between the copy and the look at it
      }
      throw new AssertionError("no copy was found to differ");
    } finally {
      stop.set(true);
      writer.join();
    }
  }

  private void appendUntil(AtomicBoolean stop) {
    try (var channel = FileChannel.open(source, StandardOpenOption.APPEND)) {
      while (!stop.get()) {
        channel.write(ByteBuffer.allocate(1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
