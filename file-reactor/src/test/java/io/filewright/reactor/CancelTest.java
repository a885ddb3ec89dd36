package io.filewright.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cancels at random points. Whatever was under way, nothing stays, and no memory goes: see
/// [CancelProgram], which has a JVM of its own.
final class CancelTest {

  private static final int MOST_GROWTH_KIB = 8 << 10;
  private static final long PATIENCE_SECONDS = 180;

  @TempDir Path folder;

  @Test
  void aThousandCancelsLeaveNothing() throws Exception {
    cancelAtRandom(1_000);
  }

  @Test
  @Tag("slow")
  void tenThousandCancelsLeaveNothing() throws Exception {
    cancelAtRandom(10_000);
  }

  private void cancelAtRandom(int count) throws Exception {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Touched ahead and never given back, so that RssAnon tells the rest.
                "-Xms64m",
                "-Xmx64m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dio.filewright.leaks=full",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CancelProgram.class.getName(),
                Files.createDirectory(folder.resolve("files")).toString(),
                Integer.toString(count))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    List<String> said = Files.readAllLines(output);
    assertThat(process.exitValue()).as("%s", said).isZero();
    String figures = said.getLast();
    System.out.println(figures);
    long growthKib = Long.parseLong(figures.replaceAll(".*RssAnon ([-+0-9]+) KiB.*", "$1"));
    assertThat(growthKib).as(figures).isBetween(-(long) MOST_GROWTH_KIB, (long) MOST_GROWTH_KIB);
  }
}
