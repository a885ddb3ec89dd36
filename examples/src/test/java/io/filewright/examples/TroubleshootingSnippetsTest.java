package io.filewright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.filewright.AsyncFiles;
import io.filewright.AtomicFile;
import io.filewright.EngineStatus;
import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.RuntimeStats;
import io.filewright.error.FileException;
import io.filewright.error.MemoryLimitExceeded;
import io.filewright.error.TooManyRegions;
import io.filewright.error.Truncated;
import io.filewright.memory.MemoryBudget;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The snippets of docs/troubleshooting.md, and the messages that it quotes.
final class TroubleshootingSnippetsTest {

  @TempDir Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream standardOut = System.out;
  private Path path;

  @BeforeEach
  void captureOutput() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void giveOutputBack() {
    System.setOut(standardOut);
  }

  @BeforeEach
  void writeFile() throws Exception {
    path = Files.writeString(folder.resolve("data"), "x".repeat(100_000));
  }

  @Test
  void saysWhatIsHeld() throws Exception {
    FileRuntime runtime = FileRuntime.builder().build();
    try (runtime;
        MmapRegion region = runtime.openSync(path, OpenOptions.readOnly())) {
      assertThat(region.isEmpty()).isFalse();
      // snippet: stats
      RuntimeStats stats = runtime.stats(); // or FileRuntime.shared().stats()
      System.out.println(stats.activeRegions() + " regions, " + stats.mappedBytes() + " bytes");
      System.out.println(
          stats.openDescriptors() + " descriptors, " + stats.leakedRegions() + " leaked");
      // end
      assertThat(printed.toString(StandardCharsets.UTF_8))
          .isEqualTo("1 regions, 100000 bytes\n1 descriptors, 0 leaked\n");
    }
    assertThat(runtime.stats().activeRegions()).isZero();
  }

  @Test
  void saysWhichEngineRuns() {
    // snippet: engines
    System.out.println("at work: " + FileRuntime.shared().engineName());
    for (EngineStatus engine : FileRuntime.engines()) {
      System.out.println(engine.name() + ": " + engine.unavailable().orElse("available"));
    }
    // end
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .startsWith("at work: ")
        .contains("\nportable: available\n");
  }

  @Test
  void removesStaleTemporaries() throws Exception {
    Path directory = Files.createDirectory(folder.resolve("swept"));
    Files.createFile(directory.resolve(".data.0123456789abcdef.filewright"));
    // snippet: sweep
    int removed = AtomicFile.sweep(directory);
    // end
    assertThat(removed).isEqualTo(1);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void tellsATruncatedFileFromABrokenDisk() throws Exception {
    String answer;
    try (MmapRegion region = AsyncFiles.openSync(path)) {
      truncate();
      // snippet: truncated
      try {
        answer = region.asString();
      } catch (Truncated e) {
        answer = "changed while it was read: " + e.path(); // open it again
      }
      // end
    }
    assertThat(answer).isEqualTo("changed while it was read: " + path);
  }

  @Test
  void quotesTheMessageOfTruncation() throws Exception {
    try (MmapRegion region = AsyncFiles.openSync(path)) {
      truncate();
      assertThat(failure(region::asString))
          .isInstanceOf(Truncated.class)
          .hasMessage(
              "[%s] read(offset=0, size=100000): the file has become shorter, it now ends at byte"
                      .formatted(path)
                  + " 10. Something else truncates the file while it is read: open it again, or"
                  + " read a snapshot of it.");
    }
  }

  @Test
  void quotesTheMessageOfTooManyRegions() throws Exception {
    try (FileRuntime runtime = FileRuntime.builder().maxRegions(1).build();
        MmapRegion region = runtime.openSync(path, OpenOptions.readOnly())) {
      assertThat(failure(() -> runtime.openSync(region.path(), OpenOptions.readOnly())))
          .isInstanceOf(TooManyRegions.class)
          .hasMessage(
              "[%s] map: there are 1 live regions, and no more are allowed.".formatted(path)
                  + " Close regions that are no longer used; for a higher cap raise the descriptor"
                  + " limit (ulimit -n) or the runtime's maxRegions.");
    }
  }

  @Test
  void quotesTheMessageOfTheBudget() throws Exception {
    Path small = Files.writeString(folder.resolve("small"), "x".repeat(2000));
    try (FileRuntime runtime = FileRuntime.builder().budget(MemoryBudget.ofBytes(1000)).build()) {
      assertThat(failure(() -> runtime.openSync(small, OpenOptions.readOnly())))
          .isInstanceOf(MemoryLimitExceeded.class)
          .hasMessage(
              "[%s] reserve: the memory budget has 1000 of 1000 bytes left, 2000 are needed."
                      .formatted(small)
                  + " Close what is no longer used, or allow a larger budget.");
    }
  }

  private void truncate() throws Exception {
    try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(10);
    }
  }

  private static Throwable failure(Action action) {
    try {
      Object result = action.run();
      throw new AssertionError("no failure but " + result);
    } catch (FileException e) {
      return e;
    }
  }

  @FunctionalInterface
  private interface Action {
    Object run() throws FileException;
  }
}
