package io.filewright.following;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.memory.MemoryBudget;
import io.filewright.stream.Chunk;
import io.filewright.stream.ChunkSource;
import io.filewright.stream.Follower;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// No line is lost or seen twice, however often the log is rotated, and how fast.
@Timeout(60)
class RotationsTest {

  private static final int LINES = 20;

  @TempDir private Path directory;

  @Test
  void hundredRotations() throws Exception {
    followsThrough(100);
  }

  @Test
  @Tag("slow")
  void thousandRotations() throws Exception {
    followsThrough(1000);
  }

  private void followsThrough(int rotations) throws Exception {
    Path log = Files.createFile(directory.resolve("app.log"));
    var budget = MemoryBudget.ofBytes(1 << 20);
    List<Integer> seen = new ArrayList<>();
    try (var follower = ChunkSource.follow(log).withBudget(budget).open();
        var threads = Executors.newSingleThreadExecutor()) {
      var writer = threads.submit(writing(log, rotations));
      int all = rotations * LINES;
      while (seen.size() < all) {
        take(follower, seen);
      }
      writer.get();
      assertThat(follower.nextNow()).isEmpty();
    }
    // In order, but for files that became old within one tick of the file system's clock.
    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, rotations * LINES).boxed().toList());
    assertThat(budget.usedBytes()).isZero();
  }

  private Callable<Void> writing(Path log, int rotations) {
    return () -> {
      int next = 0;
      for (int rotation = 0; rotation < rotations; rotation++) {
        try (var out =
            Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
          for (int i = 0; i < LINES; i++) {
            out.write("%d\n".formatted(next++).getBytes(StandardCharsets.US_ASCII));
            if (i == LINES / 2) {
              move(log, rotation); // half of it goes to the old file
            }
          }
        }
      }
      return null;
    };
  }

  private void move(Path log, int rotation) throws IOException {
    Files.move(log, directory.resolve("app.log." + rotation));
  }

  private static void take(Follower follower, List<Integer> seen) throws Exception {
    try (Chunk chunk = follower.next().orElseThrow()) {
      new String(chunk.toByteArray(), StandardCharsets.US_ASCII)
          .lines()
          .forEach(line -> seen.add(Integer.valueOf(line)));
    }
  }
}
