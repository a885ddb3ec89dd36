package io.filewright.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// It only ends when nobody reads any more, as at the end of a pipe to `head`.
@Timeout(60)
class FollowCommandTest {

  @TempDir private Path folder;

  private static final class Pipe extends OutputStream {

    private final LinkedBlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    private volatile boolean broken;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int size) throws IOException {
      if (broken) {
        throw new IOException("Broken pipe");
      }
      arrived.add(new String(bytes, from, size, StandardCharsets.UTF_8));
    }

    String next() throws InterruptedException {
      return String.valueOf(arrived.poll(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void printsTheLastLinesAndThenWhatIsAppended() throws Exception {
    Path log = Files.writeString(folder.resolve("log"), "1\n2\n3\n");
    var pipe = new Pipe();
    var exitCode = start(pipe, "follow", "-n", "2", log.toString());
    assertThat(pipe.next()).isEqualTo("2\n3\n");
    append(log, "4\n");
    assertThat(pipe.next()).isEqualTo("4\n");
    Files.move(log, folder.resolve("log.1"));
    append(log, "5\n");
    assertThat(pipe.next()).isEqualTo("5\n");
    pipe.broken = true;
    append(log, "6\n");
    assertThat(exitCode.get()).isZero();
  }

  @Test
  void printsJson() throws Exception {
    Path log = Files.writeString(folder.resolve("log"), "a\u001b\n");
    var pipe = new Pipe();
    var exitCode = start(pipe, "follow", "--json", "-n", "all", log.toString());
    assertThat(pipe.next()).isEqualTo("{\"path\": \"" + log + "\", \"line\": \"a\\u001b\"}\n");
    pipe.broken = true;
    append(log, "6\n");
    assertThat(exitCode.get()).isZero();
  }

  @Test
  void onlyALineFeedEndsALine() throws Exception {
    Path log = Files.writeString(folder.resolve("log"), "a\rb\r\n\nc\n");
    var pipe = new Pipe();
    var exitCode = start(pipe, "follow", "--json", "-n", "all", log.toString());
    String start = "{\"path\": \"" + log + "\", \"line\": ";
    assertThat(pipe.next()).isEqualTo(start + "\"a\\rb\"}\n");
    assertThat(pipe.next()).isEqualTo(start + "\"\"}\n");
    assertThat(pipe.next()).isEqualTo(start + "\"c\"}\n");
    pipe.broken = true;
    append(log, "6\n");
    assertThat(exitCode.get()).isZero();
  }

  @Test
  void refusesWhatIsNoNumber() {
    var run = CommandRun.of("follow", "-n", "few", folder.resolve("log"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("'few' is no number of lines");
    assertThat(CommandRun.of("follow", folder.resolve("none").resolve("log")).exitCode())
        .isEqualTo(1);
  }

  private static void append(Path log, String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static CompletableFuture<Integer> start(Pipe pipe, String... args) {
    var streams = new Streams(pipe, OutputStream.nullOutputStream(), Terminal.none());
    return CompletableFuture.supplyAsync(() -> Main.run(streams, args));
  }
}
