package io.filewright.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `residency`, `load`, `evict` and `info`.
class PagesCommandsTest {

  @TempDir private Path folder;

  @Test
  void picturesWhatIsResident() throws IOException {
    Path file = Files.write(folder.resolve("data"), new byte[40 * 4096]);

    var run = CommandRun.of(new Terminal(true, false, 30), "residency", file);

    assertThat(run.exitCode()).isZero();
    assertThat(run.lines())
        .containsExactly(
            file.toString(),
            "[" + "█".repeat(28) + "]",
            "40 of 40 pages of 4.0 KiB resident: 160.0 KiB of 160.0 KiB (100 %)");
  }

  @Test
  void countsResidentPagesForPrograms() throws IOException {
    Path file = Files.write(folder.resolve("data"), new byte[100 * 4096 + 1]);

    var run = CommandRun.of("residency", "--json", file);

    Map<String, Object> json = run.json().getFirst();
    assertThat(json)
        .containsEntry("path", file.toString())
        .containsEntry("size", BigDecimal.valueOf(409_601))
        .containsEntry("pageSize", BigDecimal.valueOf(4096))
        .containsEntry("pages", BigDecimal.valueOf(101))
        .containsEntry("residentPages", BigDecimal.valueOf(101))
        .containsEntry("residentBytes", BigDecimal.valueOf(409_601));
    assertThat(json.get("shares")).isEqualTo(Collections.nCopies(64, new BigDecimal("1.000")));
  }

  @Test
  void loadsAndSaysWhatWasThereBefore() throws IOException {
    Path file = Files.write(folder.resolve("data"), new byte[8192]);

    var run = CommandRun.of("load", "--json", file, folder);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.json().getFirst().get("after"))
        .isEqualTo(
            Map.of("residentPages", BigDecimal.TWO, "residentBytes", BigDecimal.valueOf(8192)));
    assertThat(run.json().getLast()).containsEntry("state", "Failed").containsKey("error");
  }

  @Test
  void saysThatAnEngineCannotEvict() throws IOException {
    Path file = Files.write(folder.resolve("data"), new byte[8192]);

    var run = CommandRun.of("evict", "--engine", "portable", "--json", file);

    assertThat(run.exitCode()).isEqualTo(1);
    var error = (Map<?, ?>) run.json().getFirst().get("error");
    assertThat(error.get("type")).isEqualTo("Unsupported");
    assertThat(error.get("operation")).isEqualTo("evict");
  }

  @Test
  void evictsWithTheNativeEngine() throws IOException, InterruptedException {
    assumeTrue(CommandRun.of("info").out().contains("populate, the default"));
    Path file = Files.write(Path.of("target").resolve("evict.data"), new byte[8192]);
    new ProcessBuilder("sync", file.toString()).start().waitFor();

    var run = CommandRun.of("evict", file);

    assertThat(run.out())
        .startsWith(
            "target/evict.data: 8.0 KiB of 8.0 KiB (100 %) resident before, 0 B of 8.0 KiB (0 %)"
                + " after, ");
  }

  @Test
  void tellsEnginesAndLimits() {
    var run = CommandRun.of("info", "--json");

    assertThat(run.exitCode()).isZero();
    Map<String, Object> json = run.json().getFirst();
    assertThat(json)
        .containsKeys("version", "engine", "maxRegions")
        .containsEntry("guards", List.of("CHECKED", "KERNEL_LEASE", "SNAPSHOT", "NONE"))
        .containsEntry("pageSize", BigDecimal.valueOf(4096))
        .containsEntry("activeRegions", BigDecimal.ZERO);
    assertThat((BigDecimal) json.get("openDescriptors")).isGreaterThan(BigDecimal.TWO);
    assertThat(((List<?>) json.get("engines")).getLast()).isEqualTo(portable());
    assertThat(CommandRun.of("info").out()).contains("engine           portable");
  }

  @Test
  void tellsWhatCanBeDoneWithAFile() throws IOException {
    assumeTrue(CommandRun.of("info").out().contains("populate, the default"));
    Path file = Files.write(Path.of("target").resolve("info.data"), new byte[100]);

    var run = CommandRun.of("info", file);

    assertThat(run.exitCode()).isZero();
    assertThat(run.lines()).hasSize(6).startsWith("target/info.data");
    assertThat(run.lines().get(1)).startsWith("file system      ");
    assertThat(run.lines()).contains("rule             none", "mapping          yes");
    Map<String, Object> json = CommandRun.of("info", "--json", file).json().getFirst();
    assertThat(json)
        .containsOnlyKeys(
            "path", "engine", "fileSystem", "kind", "rule", "mapping", "lease", "reflink")
        .containsEntry("path", "target/info.data");
    assertThat(((Map<?, ?>) json.get("mapping")).get("possible")).isEqualTo(true);
  }

  @Test
  void tellsWhyAFileCannotBeMapped() {
    Path file = Path.of("/proc/self/status");
    assumeTrue(CommandRun.of("info").out().contains("populate, the default"));

    var run = CommandRun.of("info", file);

    assertThat(run.lines())
        .hasSize(6)
        .startsWith(
            "/proc/self/status",
            "file system      proc, pseudo",
            "rule             none",
            "mapping          no: the file does not say how long it is",
            "kernel lease     no: the kernel makes the content of proc up as it likes");
    assertThat(run.lines().getLast())
        .startsWith("reflink          no: its file system does not share blocks between files");
  }

  @Test
  void saysThatThereIsNoSuchFile() {
    var run = CommandRun.of("info", "--json", "missing");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(((Map<?, ?>) run.json().getFirst().get("error")).get("type")).isEqualTo("NotFound");
    assertThat(run.err()).contains("[missing] open: there is no such file");
  }

  private static Map<String, Object> portable() {
    var portable = new HashMap<String, Object>();
    portable.put("name", "portable");
    portable.put("available", true);
    portable.put("reason", null);
    return portable;
  }
}
