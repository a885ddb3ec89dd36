package io.filewright.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that loses what is written to it: `strace` makes the syncs behind the writer fail.
@Tag("faults")
class SyncFaultsTest {

  private static final int PATIENCE_SECONDS = 60;

  @TempDir private Path folder;
  @TempDir private Path records;

  @Test
  void aFailedSyncRollsBackAtOnce() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "strace is not there");
    Path target = Files.writeString(folder.resolve("target"), "old");
    Path trace = records.resolve("trace");
    Path output = records.resolve("output");
    Process process =
        new ProcessBuilder(
                "strace",
                "-f",
                "-qq",
                "-o",
                trace.toString(),
                "-e",
                "trace=fdatasync",
                "-e",
                "inject=fdatasync:error=EIO",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                SinkProgram.class.getName(),
                target.toString())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }

    String failure =
        "[%s] sync: Input/output error. Check the disk, the file system and the kernel log."
            .formatted(target);
    assertThat(output).content().isEqualTo((failure + "\n").repeat(2));
    assertThat(trace).content().containsOnlyOnce("(INJECTED)");
    assertThat(target).hasContent("old");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(target);
    }
  }
}
