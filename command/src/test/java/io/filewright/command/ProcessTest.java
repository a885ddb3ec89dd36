package io.filewright.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command as a process of its own.
class ProcessTest {

  @TempDir private Path folder;

  @Test
  void writesNothingToStandardErrorWhenAllIsWell() throws Exception {
    Path file = Files.writeString(folder.resolve("a"), "x\n");

    for (String command : List.of("open", "residency", "load")) {
      var process = start("", command, "--json", file.toString());
      String err = read(process.getErrorStream());

      assertThat(err).isEmpty();
      assertThat(StrictJson.object(read(process.getInputStream()).strip()))
          .containsEntry("path", file.toString());
      assertThat(process.waitFor()).isZero();
    }
  }

  @Test
  void endsWellWhenTheReaderLeaves() throws Exception {
    var args = new ArrayList<>(List.of("open", "--json"));
    for (int i = 0; i < 2000; i++) {
      args.add(Files.writeString(folder.resolve("file-" + i), "x").toString());
    }

    var process = start("", args.toArray());
    assertThat(process.getInputStream().read()).isEqualTo('{');
    process.getInputStream().close();

    assertThat(read(process.getErrorStream())).isEmpty();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void aClosedStandardInputIsNotAFileOfTheJvm() throws Exception {
    var process = start("exec \"$@\" <&-", "scan", "--json", "-");

    assertThat(StrictJson.object(read(process.getInputStream()).strip()).get("error").toString())
        .contains("NotFound", "standard input is closed");
    assertThat(process.waitFor()).isOne();
  }

  @Test
  void opensFilesWhoseNamesAreNotUtf8() throws Exception {
    String script = "cd '" + folder + "'; printf 'x' > \"$(printf 'caf\\351')\"; exec \"$@\" caf*";

    var process = start(script, "open", "--json", "--engine", defaultEngine());

    assertThat(read(process.getErrorStream())).isEmpty();
    assertThat(StrictJson.object(read(process.getInputStream()).strip()))
        .containsEntry("path", "caf\uFFFD")
        .containsEntry("pathBytes", bytes(folder.toRealPath() + "/caf") + "e9")
        .containsEntry("state", "Ready");
  }

  @Test
  void tellsNoBytesOfNamesThatAreText() throws Exception {
    Path file = Files.writeString(folder.resolve("caf\u00E9 \uFFFD"), "x");

    var process = start("", "open", "--json", file.toString());

    assertThat(StrictJson.object(read(process.getInputStream()).strip()))
        .containsEntry("path", file.toString())
        .doesNotContainKey("pathBytes");
  }

  private static String bytes(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Object defaultEngine() {
    return CommandRun.of("info", "--json").json().getFirst().get("engine");
  }

  /// @param script runs the command as `"$@"`; empty to run it without a shell
  private static Process start(String script, Object... args) throws IOException {
    var line = new ArrayList<String>();
    if (!script.isEmpty()) {
      line.addAll(List.of("sh", "-c", script, "sh"));
    }
    line.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "io.filewright.command.Main"));
    for (Object arg : args) {
      line.add(arg.toString());
    }
    var builder = new ProcessBuilder(line);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder.start();
  }

  private static String read(java.io.InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
