package io.filewright.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServeCommandTest {

  @TempDir private Path folder;

  /// A process of its own: it ends by a signal.
  @Test
  void servesUntilItIsTerminated() throws Exception {
    Files.writeString(folder.resolve("a.txt"), "hello");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--json",
                "--port",
                "0",
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      Map<String, Object> said = StrictJson.object(out.readLine());
      assertThat(said).containsEntry("path", folder.toString()).containsKey("transport");
      try (var in = URI.create(said.get("url") + "a.txt").toURL().openStream()) {
        assertThat(in.readAllBytes()).isEqualTo("hello".getBytes(UTF_8));
      }
      process.destroy(); // SIGTERM
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void saysWhatItCannotServe() throws Exception {
    Path file = Files.writeString(folder.resolve("a.txt"), "hello");
    var run = CommandRun.of("serve", "--port", "0", file);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("filewright: [" + file + "] serve: it is no directory.\n");
    Path none = folder.resolve("none");
    var absent = CommandRun.of("serve", "--port", "0", none);
    assertThat(absent.exitCode()).isEqualTo(1);
    assertThat(absent.err())
        .isEqualTo(
            "filewright: ["
                + none
                + "] serve: there is no such directory. Check the spelling and the"
                + " working directory.\n");
    assertThat(CommandRun.of("serve", "--port", "65536", folder).exitCode()).isEqualTo(2);
    assertThat(CommandRun.of("serve", "--tls-key", file, folder).exitCode()).isEqualTo(2);
  }
}
