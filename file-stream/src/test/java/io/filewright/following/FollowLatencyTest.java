package io.filewright.following;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.stream.Chunk;
import io.filewright.stream.ChunkSource;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// How long a line takes from the write to who follows.
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class FollowLatencyTest {

  private static final int LINES = 2000;
  private static final int WARM_UP = 200;
  private static final Duration MOST = Duration.ofMillis(20);

  @Test
  @Timeout(60)
  void linesArriveWithinTwentyMilliseconds(@TempDir Path directory) throws Exception {
    Path log = Files.createFile(directory.resolve("log"));
    long[] nanos = new long[LINES];
    try (var follower = ChunkSource.follow(log).open();
        var threads = Executors.newSingleThreadExecutor()) {
      var writer =
          threads.submit(
              () -> {
                try (var out = FileChannel.open(log, StandardOpenOption.APPEND)) {
                  for (int i = 0; i < LINES; i++) {
                    Thread.sleep(3);
                    out.write(StandardCharsets.US_ASCII.encode(System.nanoTime() + "\n"));
                  }
                }
                return null;
              });
      for (int seen = 0; seen < LINES; ) {
        try (Chunk chunk = follower.next().orElseThrow()) {
          long now = System.nanoTime();
          String text = new String(chunk.toByteArray(), StandardCharsets.US_ASCII);
          for (String line : text.lines().toList()) {
            nanos[seen++] = now - Long.parseLong(line);
          }
        }
      }
      writer.get();
    }
    long[] warm = Arrays.copyOfRange(nanos, WARM_UP, LINES);
    Arrays.sort(warm);
    System.out.printf(
        "append to follower: p50 %d us, p99 %d us, most %d us%n",
        warm[warm.length / 2] / 1000,
        warm[warm.length * 99 / 100] / 1000,
        warm[warm.length - 1] / 1000);
    assertThat(warm[warm.length * 99 / 100]).isLessThanOrEqualTo(MOST.toNanos());
  }
}
