package io.filewright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What validation costs beside the one look at each file that it cannot do without.
@Tag("slow")
class ValidationSpeedTest {

  private static final int FILES = 100_000;
  private static final int FILES_IN_A_FOLDER = 1_000;
  private static final int ROUNDS = 7;

  @TempDir private Path folder;

  @Test
  void takesAtMostTwiceTheTimeOfABareLoop() throws IOException {
    String[] values = new String[FILES];
    for (int i = 0; i < FILES; i++) {
      Path parent = folder.resolve("d" + i / FILES_IN_A_FOLDER);
      Files.createDirectories(parent);
      values[i] = Files.createFile(parent.resolve("file-" + i)).toString();
    }

    long bare = Long.MAX_VALUE;
    long validated = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      bare = Math.min(bare, bareLoop(values));
      validated = Math.min(validated, validation(values));
    }

    System.out.printf(
        "%d paths: bare loop %d ms, validation %d ms, ratio %.2f%n",
        FILES, bare / 1_000_000, validated / 1_000_000, (double) validated / bare);
    assertThat(validated).isLessThanOrEqualTo(2 * bare);
  }

  private static long bareLoop(String[] values) throws IOException {
    long began = System.nanoTime();
    long bytes = 0;
    for (String value : values) {
      bytes += Files.readAttributes(Path.of(value), BasicFileAttributes.class).size();
    }
    assertThat(bytes).isZero();
    return System.nanoTime() - began;
  }

  private static long validation(String[] values) {
    long began = System.nanoTime();
    ValidationReport report = PathValidator.input().validate(values);
    assertThat(report.isOk()).isTrue();
    return System.nanoTime() - began;
  }
}
