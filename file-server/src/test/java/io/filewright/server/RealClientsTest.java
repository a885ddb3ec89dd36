package io.filewright.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients that others wrote; one that is not installed is named and skipped.
@Timeout(180)
class RealClientsTest {

  private static final int SIZE = 3_000_000;

  @TempDir private Path folder;
  private Path root = Path.of("");
  private final byte[] content = new byte[SIZE];

  @BeforeEach
  void fill() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    new Random(1).nextBytes(content);
    Files.write(root.resolve("file.bin"), content);
    Files.writeString(root.resolve("<b>bold & \"quoted\"'.txt"), "x");
  }

  @Test
  void curlGetsFilesRangesAndConditions() throws Exception {
    assumeInstalled("curl");
    Path out = folder.resolve("out");
    try (var server = FileServer.start(root, ServerOptions.DEFAULT)) {
      run("curl", "-sS", "-f", "-o", out.toString(), server.url() + "file.bin");
      assertThat(out).hasBinaryContent(content);
      run("curl", "-sS", "-f", "-r", "5-1004", "-o", out.toString(), server.url() + "file.bin");
      assertThat(out).hasBinaryContent(Arrays.copyOfRange(content, 5, 1_005));
      Files.write(out, Arrays.copyOf(content, 1_000_000));
      run("curl", "-sS", "-f", "-C", "-", "-o", out.toString(), server.url() + "file.bin");
      assertThat(out).hasBinaryContent(content);
      Path tag = folder.resolve("tag");
      run(
          "curl",
          "-sS",
          "--etag-save",
          tag.toString(),
          "-o",
          out.toString(),
          server.url() + "file.bin");
      assertThat(
              run(
                  "curl",
                  "-sS",
                  "--etag-compare",
                  tag.toString(),
                  "-w",
                  "%{http_code}",
                  server.url() + "file.bin"))
          .isEqualTo("304");
    }
  }

  @Test
  void curlGetsFilesOverTls() throws Exception {
    assumeInstalled("curl");
    ServerOptions.Tls tls = selfSigned();
    Path out = folder.resolve("out");
    try (var server = FileServer.start(root, ServerOptions.DEFAULT.withTls(tls))) {
      assertThat(server.url()).startsWith("https://127.0.0.1:");
      run(
          "curl",
          "-sS",
          "-f",
          "--cacert",
          tls.certificates().toString(),
          "-o",
          out.toString(),
          server.url() + "file.bin");
      assertThat(out).hasBinaryContent(content);
    }
  }

  /// The JDK's: it sends all before it listens, as some do.
  @Test
  void whoSendsTooMuchOverTlsHearsSo() throws Exception {
    assumeInstalled("openssl");
    try (var server = FileServer.start(root, ServerOptions.DEFAULT.withTls(selfSigned()))) {
      for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
        try (var socket = (SSLSocket) trusting().getSocketFactory().createSocket()) {
          socket.setEnabledProtocols(new String[] {protocol});
          socket.connect(server.address());
          socket.setSoTimeout(20_000);
          var out = socket.getOutputStream();
          out.write(
              "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 20000000\r\n\r\n".getBytes(UTF_8));
          for (int i = 0; i < 20; i++) {
            out.write(new byte[1_000_000]);
          }
          assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
              .startsWith("HTTP/1.1 413 ");
        }
      }
    }
  }

  /// More than there is room for: each has to wait for the others, and gets all in the end.
  @Test
  void manyClientsOverTlsShareTheRoomForCopies() throws Exception {
    Files.write(root.resolve("small"), Arrays.copyOf(content, 50_000));
    var limits = ServerOptions.Limits.DEFAULT.withCopyBytes(64 << 10);
    var options = ServerOptions.DEFAULT.withLimits(limits).withTls(selfSigned());
    try (var server = FileServer.start(root, options);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var clients = new ArrayList<Future<String>>();
      for (int i = 0; i < 20; i++) {
        String name = i % 4 == 0 ? "small" : "file.bin";
        clients.add(
            threads.submit(
                () ->
                    run(
                        "curl",
                        "-sSkf",
                        "--limit-rate",
                        "2M",
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{size_download}",
                        server.url() + name)));
      }
      for (int i = 0; i < 20; i++) {
        assertThat(clients.get(i).get()).isEqualTo(i % 4 == 0 ? "50000" : "" + SIZE);
      }
      assertThat(server.stats().brokenResponses()).isZero();
      assertThat(server.stats().failures()).isZero();
    }
  }

  @Test
  @Tag("slow")
  void wrkFindsNoErrors() throws Exception {
    assumeInstalled("wrk");
    try (var server = FileServer.start(root, ServerOptions.DEFAULT)) {
      String said = run("wrk", "-t1", "-c32", "-d10s", server.url() + "file.bin");
      assertThat(said).contains("requests in").doesNotContain("Socket errors", "Non-2xx");
    }
  }

  @Test
  @Tag("slow")
  void chromiumShowsTheListing() throws Exception {
    assumeInstalled("chromium");
    Path picture = folder.resolve("page.png");
    var browser =
        new ArrayList<>(
            List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--window-size=900,420"));
    browser.add("--user-data-dir=" + folder.resolve("profile"));
    try (var server = FileServer.start(root, ServerOptions.DEFAULT)) {
      var dump = new ArrayList<>(browser);
      dump.addAll(List.of("--dump-dom", server.url()));
      String page = run(dump.toArray(String[]::new));
      assertThat(page)
          .contains(
              ">file.bin</a>",
              "2.9 MiB",
              "100 % in memory",
              "&lt;b&gt;bold &amp; \"quoted\"'.txt</a>")
          .doesNotContain("<b>bold");
      browser.addAll(List.of("--screenshot=" + picture, server.url()));
      run(browser.toArray(String[]::new));
      assertThat(Files.size(picture)).isGreaterThan(5_000);
    }
  }

  /// Whoever trusts the certificate that [#selfSigned] has made.
  private SSLContext trusting() throws Exception {
    KeyStore known = KeyStore.getInstance("PKCS12");
    known.load(null, null);
    try (var in = Files.newInputStream(folder.resolve("cert.pem"))) {
      known.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(known);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private ServerOptions.Tls selfSigned() throws Exception {
    assumeInstalled("openssl");
    Path key = folder.resolve("key.pem");
    Path certificate = folder.resolve("cert.pem");
    run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        key.toString(),
        "-out",
        certificate.toString());
    return new ServerOptions.Tls(certificate, key);
  }

  private static void assumeInstalled(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    boolean isThere =
        Stream.of(path.split(":", -1))
            .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    assumeTrue(isThere, program + " is not installed");
  }

  /// @return what it wrote to standard output
  private String run(String... command) throws IOException, InterruptedException {
    Path errors = folder.resolve("errors");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(() -> read(errors)).isZero();
    return said;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
