package io.filewright.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ServeCommandTest {

  @TempDir private Path folder;

  /// A process of its own: it ends by a signal.
  @Test
  void servesUntilItIsTerminated() throws Exception {
    Files.writeString(folder.resolve("a.txt"), "hello");
    Process process = serve("exec \"$@\"", "--json");
    try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      Map<String, Object> said = StrictJson.object(out.readLine());
      assertThat(said)
          .containsEntry("path", folder.toString())
          .containsKeys("transport", "connections");
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
  void saysIfDescriptorsSufficeForFewConnections() throws Exception {
    Process process = serve("ulimit -n 300; exec \"$@\" 2>&1");
    try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      assertThat(out.readLine())
          .matches("filewright: descriptors suffice for [1-9][0-9]? connections only\\..*");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void saysThatItDrainsIfThereAreConnections() throws Exception {
    Process process = serve("exec \"$@\" 2>&1", "--json");
    try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      var port = (Number) StrictJson.object(out.readLine()).get("port");
      try (var client = new Socket(InetAddress.getLoopbackAddress(), port.intValue())) {
        client.getOutputStream().write("GET /missing HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
        assertThat(client.getInputStream().read()).isEqualTo('H');
        process.toHandle().destroy(); // SIGTERM, and its output stays open
        assertThat(out.readLine())
            .isEqualTo(
                "filewright: 1 open: responses that have begun have 30 s to end. SIGKILL ends them"
                    + " now.");
      }
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  /// One more than there may be is told so, and those who come in time are served.
  @ParameterizedTest
  @ValueSource(strings = {"epoll", "nio", "io_uring"})
  void outlivesMoreClientsThanDescriptors(String transport) throws Exception {
    assumeThat(TransportArgument.named(transport).orElseThrow().refusal()).isEmpty();
    Files.writeString(folder.resolve("a.txt"), "hello");
    Process process = serve("ulimit -n 200; exec \"$@\"", "--json", "--transport", transport);
    try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      Map<String, Object> said = StrictJson.object(out.readLine());
      URL file = URI.create(said.get("url") + "a.txt").toURL();
      assertThat(((Number) said.get("connections")).intValue()).isBetween(5, 60);
      var clients = new ArrayList<Socket>();
      try {
        for (int i = 0; i < 400; i++) {
          clients.add(new Socket(InetAddress.getLoopbackAddress(), file.getPort()));
        }
        clients.getFirst().setSoTimeout(10_000);
        clients.getFirst().getOutputStream().write("GET /a.txt HTTP/1.0\r\n\r\n".getBytes(UTF_8));
        assertThat(new String(clients.getFirst().getInputStream().readNBytes(12), UTF_8))
            .isEqualTo("HTTP/1.1 200");
        Socket refused = firstThatHears(clients.subList(1, clients.size()));
        assertThat(new String(refused.getInputStream().readNBytes(12), UTF_8))
            .isEqualTo("HTTP/1.1 503");
      } finally {
        for (Socket client : clients) {
          client.close();
        }
      }
      Thread.sleep(3_000); // those who were refused linger
      try (var in = file.openStream()) {
        assertThat(in.readAllBytes()).isEqualTo("hello".getBytes(UTF_8));
      }
      process.destroy(); // SIGTERM
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  /// Which of them are refused depends on the event loops.
  private static Socket firstThatHears(List<Socket> clients) throws Exception {
    while (true) { // until the test's timeout
      for (Socket client : clients) {
        if (client.getInputStream().available() > 0) {
          return client;
        }
      }
      Thread.sleep(10);
    }
  }

  /// A process of its own, run by a script as `"$@"`.
  private Process serve(String script, String... options) throws IOException {
    var line =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                script,
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--port",
                "0"));
    line.addAll(List.of(options));
    line.add(folder.toString());
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
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
    var foo = CommandRun.of("serve", "--transport", "foo", folder);
    assertThat(foo.exitCode()).isEqualTo(2);
    assertThat(foo.err()).contains("expected epoll, io_uring, nio, got foo");
    var noCertificate = CommandRun.of("serve", "--tls-cert", none, "--tls-key", file, folder);
    assertThat(noCertificate.exitCode()).isEqualTo(1);
    assertThat(noCertificate.err())
        .isEqualTo(
            "filewright: [" + none + "] serve: there is no such file. Check the spelling.\n");
  }
}
