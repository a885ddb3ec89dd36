package io.filewright.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanCommandTest {

  @TempDir private Path folder;

  @Test
  void saysInJsonWhatItFound() throws Exception {
    String text = "line\n".repeat(1_000_000) + "last";
    Path file = Files.writeString(folder.resolve("a.txt"), text);

    var run = CommandRun.of("scan", "--json", "--count-lines", "--workers", "2", file);

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    Map<String, Object> json = run.json().getFirst();
    assertThat(json)
        .containsOnlyKeys(
            "path",
            "bytes",
            "lines",
            "millis",
            "engine",
            "workers",
            "budgetBytes",
            "peakBytes",
            "error")
        .containsEntry("path", file.toString())
        .containsEntry("bytes", BigDecimal.valueOf(text.length()))
        .containsEntry("lines", BigDecimal.valueOf(1_000_000))
        .containsEntry("engine", "read")
        .containsEntry("workers", BigDecimal.valueOf(2))
        .containsEntry("error", null);
    assertThat((BigDecimal) json.get("millis")).isPositive().hasScaleOf(3);
    assertThat((BigDecimal) json.get("peakBytes")).isBetween(bytes(1), bytes(4 << 20));
    assertThat((BigDecimal) json.get("budgetBytes")).isGreaterThanOrEqualTo(bytes(16 << 20));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "read", "mapped"})
  void digestsAllBytesInTheirOrder(String engine) throws Exception {
    byte[] content = new byte[3_000_001];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 + i / 251);
    }
    Path file = Files.write(folder.resolve("b"), content);

    var json = CommandRun.of("scan", "--json", "--sha256", "--engine", engine, file).json();

    byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(content);
    assertThat(json.getFirst())
        .containsEntry("sha256", HexFormat.of().formatHex(sha256))
        .containsEntry("workers", BigDecimal.ONE);
  }

  @Test
  void aFileThatFailsDoesNotKeepTheOthersFromBeingRead() throws IOException {
    Path good = Files.writeString(folder.resolve("good"), "1\n2\n");
    Path absent = folder.resolve("absent");

    var run = CommandRun.of("scan", "--json", "--count-lines", absent, folder, good);

    assertThat(run.exitCode()).isOne();
    assertThat(run.json()).hasSize(3);
    assertThat(run.json().get(0)).doesNotContainKey("lines");
    assertThat(type(run.json().get(0))).isEqualTo("NotFound");
    assertThat(type(run.json().get(1))).isEqualTo("IsDirectory");
    assertThat(run.json().get(2)).containsEntry("lines", bytes(2));
    assertThat(run.err()).contains("absent").doesNotContain("\tat ");
  }

  @Test
  void memoryThatDoesNotDoIsATypedFailure() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "x");

    var run = CommandRun.of("scan", "--json", "--memory", "64K", file);

    assertThat(run.exitCode()).isOne();
    assertThat(type(run.json().getFirst())).isEqualTo("MemoryLimitExceeded");
    assertThat(run.json().getFirst()).containsEntry("budgetBytes", bytes(64 << 10));
  }

  @Test
  void tellsPeople() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "1\n2\n", StandardCharsets.UTF_8);

    var run = CommandRun.of("scan", "--count-lines", file);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).matches("Scanned +[0-9.]+ ms  .*/a: 4 B, .*engine read, .*, 2 lines\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--engine=steam", "--workers=0", "--workers=x", "--memory=lots"})
  void wrongUsageIsExplained(String option) {
    var run = CommandRun.of("scan", option, "file");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(option.substring(0, option.indexOf('=')));
  }

  private static BigDecimal bytes(long count) {
    return BigDecimal.valueOf(count);
  }

  private static Object type(Map<String, Object> json) {
    return ((Map<?, ?>) json.get("error")).get("type");
  }
}
