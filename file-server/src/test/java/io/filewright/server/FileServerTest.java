package io.filewright.server;

import static java.net.http.HttpResponse.BodyHandlers.ofByteArray;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.filewright.FileRuntime;
import io.filewright.error.NotFound;
import io.filewright.error.NotRegularFile;
import io.filewright.netty.Transport;
import io.netty.util.LeakPresenceDetector;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class FileServerTest {

  private static final int LARGE = 30_000_001;

  @TempDir private Path folder;
  private Path root = Path.of("");
  private final List<FileRuntime> runtimes = new ArrayList<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeEach
  void fill() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    Files.writeString(root.resolve("hello.txt"), "hello world");
    Files.writeString(folder.resolve("secret.txt"), "secret");
    Files.writeString(root.resolve(".hidden"), "hidden");
  }

  @AfterEach
  void nothingIsHeld() throws Exception {
    client.close();
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (true) {
      try {
        LeakPresenceDetector.check();
        for (FileRuntime runtime : runtimes) {
          assertThat(runtime.stats().activeRegions()).isZero();
          assertThat(runtime.stats().openDescriptors()).isZero();
          assertThat(runtime.budget().usedBytes()).isZero();
        }
        return;
      } catch (IllegalStateException | AssertionError e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        Thread.sleep(20);
      }
    }
  }

  private static void within(Duration limit, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("within " + limit).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  @ParameterizedTest
  @EnumSource
  void sendsFilesOfAllSizes(Transport transport) throws Exception {
    assumeTrue(transport.refusal().isEmpty(), () -> transport + ": " + transport.refusal().get());
    try (var server = start(ServerOptions.DEFAULT.withTransport(transport))) {
      for (int size : new int[] {0, 1, 65_536, 65_537, LARGE}) {
        byte[] content = random("file-" + size, size);
        var response = client.send(get(server, "file-" + size).build(), ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(content);
        var head = client.send(get(server, "file-" + size).HEAD().build(), ofByteArray());
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(size);
        assertThat(head.body()).isEmpty();
      }
    }
  }

  @Test
  void servesOnAsManyEventLoopsAsItWasTold() throws Exception {
    var options = ServerOptions.DEFAULT;
    try (var server = start(options)) {
      assertThat(server.eventLoops())
          .hasSize(options.eventLoops())
          .noneMatch(loop -> loop.inEventLoop() || loop.isShuttingDown());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, LARGE})
  void sendsRanges(int size) throws Exception {
    byte[] content = random("file", size);
    try (var server = start(ServerOptions.DEFAULT)) {
      var one = send(server, "file", "Range", "bytes=10-499");
      assertThat(one.statusCode()).isEqualTo(206);
      assertThat(one.headers().firstValue("Content-Range")).contains("bytes 10-499/" + size);
      assertThat(one.body()).isEqualTo(Arrays.copyOfRange(content, 10, 500));

      var several = send(server, "file", "Range", "bytes=0-0,-2");
      String type = several.headers().firstValue("Content-Type").orElseThrow();
      assertThat(type).startsWith("multipart/byteranges; boundary=");
      String boundary = type.substring(type.indexOf('=') + 1);
      String part = "Content-Type: application/octet-stream\r\nContent-Range: bytes ";
      assertThat(new String(several.body(), ISO_8859_1))
          .isEqualTo(
              ("--%1$s\r\n%2$s0-0/%3$d\r\n\r\n%4$s"
                      + "\r\n--%1$s\r\n%2$s%5$d-%6$d/%3$d\r\n\r\n%7$s\r\n--%1$s--\r\n")
                  .formatted(
                      boundary,
                      part,
                      size,
                      new String(content, 0, 1, ISO_8859_1),
                      size - 2,
                      size - 1,
                      new String(content, size - 2, 2, ISO_8859_1)));

      var none = send(server, "file", "Range", "bytes=" + size + "-");
      assertThat(none.statusCode()).isEqualTo(416);
      assertThat(none.headers().firstValue("Content-Range")).contains("bytes */" + size);
    }
  }

  @Test
  void answersConditionalRequests() throws Exception {
    try (var server = start(ServerOptions.DEFAULT)) {
      var first = send(server, "hello.txt");
      String tag = first.headers().firstValue("ETag").orElseThrow();
      String date = first.headers().firstValue("Last-Modified").orElseThrow();
      assertThat(first.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
      assertThat(send(server, "hello.txt", "If-None-Match", tag).statusCode()).isEqualTo(304);
      assertThat(send(server, "hello.txt", "If-Modified-Since", date).statusCode()).isEqualTo(304);
      assertThat(send(server, "hello.txt", "If-Match", "\"x\"").statusCode()).isEqualTo(412);
      assertThat(send(server, "hello.txt", "Range", "bytes=0-0", "If-Range", "\"x\"").body())
          .hasSize(11);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"If-Modified-Since", "If-Unmodified-Since", "If-Range"})
  void aDateThatIsTooLongToReadCountsAsNone(String header) throws Exception {
    try (var server = start(ServerOptions.DEFAULT)) {
      var response = send(server, "hello.txt", header, "x".repeat(65), "Range", "bytes=0-0");
      assertThat(response.statusCode()).isEqualTo(header.equals("If-Range") ? 200 : 206);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1960-02-13T04:05:06Z", "2300-02-13T04:05:06Z"})
  void sendsFilesOfAnyTime(String modified) throws Exception {
    Path file = root.resolve("hello.txt");
    var touch =
        new ProcessBuilder("touch", "-d", modified, file.toString()); // goes farther than Java
    assertThat(touch.inheritIO().start().waitFor()).isZero();
    try (var server = start(ServerOptions.DEFAULT)) {
      var response = send(server, "hello.txt");
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Last-Modified"))
          .contains(RFC_1123_DATE_TIME.format(OffsetDateTime.parse(modified)));
    }
  }

  @Test
  void aChangedFileIsServedAsItIsASecondLater() throws Exception {
    try (var server = start(ServerOptions.DEFAULT)) {
      String tag = send(server, "hello.txt").headers().firstValue("ETag").orElseThrow();
      Files.writeString(root.resolve("new"), "HELLO WORLD");
      Files.move(
          root.resolve("new"), root.resolve("hello.txt"), StandardCopyOption.REPLACE_EXISTING);
      within(
          Duration.ofMillis(2_500),
          () -> new String(send(server, "hello.txt").body(), ISO_8859_1).equals("HELLO WORLD"));
      var second = send(server, "hello.txt");
      assertThat(second.headers().firstValue("ETag")).isPresent().isNotEqualTo(Optional.of(tag));
      Files.delete(root.resolve("hello.txt"));
      within(Duration.ofMillis(2_500), () -> send(server, "hello.txt").statusCode() == 404);
    }
  }

  @Test
  void nothingOutsideOfTheRootIsSent() throws Exception {
    Files.createSymbolicLink(root.resolve("link.txt"), folder.resolve("secret.txt"));
    Files.createSymbolicLink(root.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(root.resolve("inside.txt"), Path.of("hello.txt"));
    try (var server = start(ServerOptions.DEFAULT)) {
      for (String target :
          new String[] {
            "/link.txt",
            "/up/secret.txt",
            "/up/",
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/.hidden",
            "/%2ehidden",
            "//etc/passwd",
            "/missing",
            "/hello.txt/"
          }) {
        assertThat(raw(server, "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n"))
            .as(target)
            .startsWith("HTTP/1.1 404 Not Found\r\n")
            .doesNotContain("secret\n");
      }
      assertThat(send(server, "inside.txt").body()).hasSize(11);
    }
  }

  @Test
  void aDirectoryIsItsIndexOrAPage() throws Exception {
    Path directory = Files.createDirectory(root.resolve("a b"));
    Files.writeString(directory.resolve("<x> & \"y\".txt"), "z");
    try (var server = start(ServerOptions.DEFAULT)) {
      var redirect = send(server, "a%20b");
      assertThat(redirect.statusCode()).isEqualTo(301);
      assertThat(redirect.headers().firstValue("Location")).contains("/a%20b/");
      String page = new String(send(server, "a%20b/").body(), ISO_8859_1);
      assertThat(page)
          .contains("<h1>/a b</h1>")
          .contains("<a href=\"../\">")
          .contains(
              "<a href=\"./%3Cx%3E%20%26%20%22y%22.txt\">&lt;x&gt; &amp; &quot;y&quot;.txt</a>")
          .contains("% in memory");
      assertThat(new String(send(server, "").body(), ISO_8859_1))
          .contains("hello.txt")
          .doesNotContain(".hidden");
      Files.writeString(directory.resolve("index.html"), "<p>index");
      assertThat(new String(send(server, "a%20b/").body(), ISO_8859_1)).isEqualTo("<p>index");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "400|GET / HTTP/1.1\r\n\r\n",
        "400|GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "400|nonsense\r\n\r\n",
        "400|GET a HTTP/1.1\r\nHost: a\r\n\r\n",
        "400|GET ftp://a/hello.txt HTTP/1.1\r\nHost: a\r\n\r\n",
        "400|GET http://a?x=/hello.txt HTTP/1.1\r\nHost: a\r\n\r\n",
        "400|GET http:///hello.txt HTTP/1.1\r\nHost: a\r\n\r\n",
        "400|GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        "400|GET / HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n",
        "505|GET / HTTP/2.7\r\nHost: a\r\n\r\n",
        "405|POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
        "413|GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n"
      })
  void refusesWhatIsMalformedOrNotForIt(String statusAndRequest) throws Exception {
    int bar = statusAndRequest.indexOf('|');
    try (var server = start(ServerOptions.DEFAULT)) {
      String answer = raw(server, statusAndRequest.substring(bar + 1));
      assertThat(answer).startsWith("HTTP/1.1 " + statusAndRequest.substring(0, bar) + " ");
      assertThat(answer).contains("\r\nConnection: close\r\n");
    }
  }

  @Test
  void aHeadThatIsRefusedHasNoBody() throws Exception {
    try (var server = start(ServerOptions.DEFAULT)) {
      assertThat(raw(server, "HEAD / HTTP/1.1\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ")
          .contains("\r\nContent-Length: 16\r\n")
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void refusesABodyThatTurnsOutToBeTooLong() throws Exception {
    String head = "GET /hello.txt HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n";
    String chunk = "2000\r\n" + "x".repeat(8_192) + "\r\n";
    try (var server = start(ServerOptions.DEFAULT)) {
      String next = "GET /hello.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
      assertThat(raw(server, head + "\r\n" + chunk.repeat(8) + "0\r\n\r\n" + next))
          .startsWith("HTTP/1.1 200 ")
          .contains("hello worldHTTP/1.1 200 ");
      assertThat(raw(server, head + "\r\n" + chunk.repeat(9)))
          .startsWith("HTTP/1.1 413 ")
          .contains("\r\nConnection: close\r\n");
      assertThat(raw(server, head + "Expect: 100-continue\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void refusesWhatIsTooLong() throws Exception {
    try (var server = start(ServerOptions.DEFAULT)) {
      String much = "a".repeat(20_000);
      assertThat(raw(server, "GET /" + much + " HTTP/1.1\r\nHost: a\r\n\r\n"))
          .startsWith("HTTP/1.1 414 ");
      assertThat(raw(server, "GET / HTTP/1.1\r\nHost: a\r\nX: " + much + "\r\n\r\n"))
          .startsWith("HTTP/1.1 431 ");
    }
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() throws Exception {
    random("large", LARGE);
    try (var server = start(ServerOptions.DEFAULT);
        var socket = connect(server)) {
      var requests = new StringBuilder();
      for (int i = 0; i < 100; i++) {
        requests.append("GET /hello.txt HTTP/1.1\r\nHost: a\r\n\r\n");
      }
      requests.append("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
      requests.append("HEAD /hello.txt HTTP/1.0\r\n\r\n");
      socket.getOutputStream().write(requests.toString().getBytes(ISO_8859_1));
      String answers = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(answers.split("\r\n\r\nhello world", -1)).hasSize(101);
      assertThat(answers).hasSizeGreaterThan(LARGE).endsWith("Connection: close\r\n\r\n");
      assertThat(server.stats().requests()).isEqualTo(102);
    }
  }

  @Test
  void aFileThatShrinksBreaksOneResponse() throws Exception {
    random("large", LARGE);
    try (var server = start(ServerOptions.DEFAULT);
        var socket = connect(server)) {
      socket.getOutputStream().write("GET /large HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(socket.getInputStream().readNBytes(1_000)).hasSize(1_000);
      try (var file = new RandomAccessFile(root.resolve("large").toFile(), "rw")) {
        file.setLength(10);
      }
      assertThat(countToTheEnd(socket)).isLessThan(LARGE - 1_000);
      assertThat(send(server, "hello.txt").statusCode()).isEqualTo(200);
      assertThat(server.stats().brokenResponses()).isOne();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatHasShrunkIsSentAsItIs(Transport transport) throws Exception {
    assumeTrue(transport.refusal().isEmpty(), () -> transport + ": " + transport.refusal().get());
    random("large", LARGE);
    try (var server = start(ServerOptions.DEFAULT.withTransport(transport))) {
      assertThat(send(server, "large").body()).hasSize(LARGE);
      try (var file = new RandomAccessFile(root.resolve("large").toFile(), "rw")) {
        file.setLength(100_000);
      }
      assertThat(send(server, "large").body()).hasSize(100_000); // within the same second
      assertThat(server.stats().brokenResponses()).isZero();
    }
  }

  @Test
  void aPageThatFindsNoRoomIsRefused() throws Exception {
    for (int i = 0; i < 200; i++) {
      Files.writeString(root.resolve("file-" + i), "");
    }
    var limits = ServerOptions.Limits.DEFAULT.withCopyBytes(64 << 10);
    try (var server = start(ServerOptions.DEFAULT.withLimits(limits))) {
      assertThat(send(server, "").statusCode()).isEqualTo(503);
      assertThat(send(server, "hello.txt").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aFileThatIsDeletedIsSentToItsEnd() throws Exception {
    random("large", LARGE);
    try (var server = start(ServerOptions.DEFAULT);
        var socket = connect(server)) {
      socket
          .getOutputStream()
          .write(
              "GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(socket.getInputStream().readNBytes(1_000)).hasSize(1_000);
      Files.delete(root.resolve("large"));
      assertThat(countToTheEnd(socket)).isGreaterThan(LARGE - 1_000);
    }
  }

  @Test
  void closesConnectionsThatDoNothing() throws Exception {
    var limits =
        ServerOptions.Limits.DEFAULT.withTimes(Duration.ofSeconds(2), Duration.ofSeconds(1));
    random("large", LARGE);
    try (var server = start(ServerOptions.DEFAULT.withLimits(limits));
        var silent = connect(server);
        var deaf = connect(server)) {
      silent.getOutputStream().write("GET / HT".getBytes(ISO_8859_1));
      deaf.getOutputStream().write("GET /large HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
      within(Duration.ofSeconds(5), () -> server.stats().connections() == 0);
    }
  }

  @Test
  void closesConnectionsThatBeginAnotherRequestAndDoNotEndIt() throws Exception {
    var limits =
        ServerOptions.Limits.DEFAULT.withTimes(Duration.ofSeconds(60), Duration.ofSeconds(1));
    try (var server = start(ServerOptions.DEFAULT.withLimits(limits));
        var slow = connect(server)) {
      slow.getOutputStream()
          .write("HEAD /hello.txt HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(slow.getInputStream().read()).isEqualTo('H');
      Thread.sleep(2_500);
      assertThat(server.stats().connections()).isOne(); // an idle one has more time
      slow.getOutputStream().write("GET / HT".getBytes(ISO_8859_1));
      within(Duration.ofSeconds(10), () -> server.stats().connections() == 0);
    }
  }

  @Test
  void takesNoMoreConnectionsThanItMay() throws Exception {
    var limits = ServerOptions.Limits.DEFAULT.withConnections(1);
    try (var server = start(ServerOptions.DEFAULT.withLimits(limits));
        var first = connect(server)) {
      first
          .getOutputStream()
          .write("GET /hello.txt HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(first.getInputStream().read()).isEqualTo('H');
      try (var refused = connect(server)) {
        assertThat(refused.getInputStream().read()).isEqualTo('H');
        first.shutdownOutput();
        within(Duration.ofSeconds(1), () -> server.stats().connections() == 0);
        assertThat(send(server, "hello.txt").statusCode()).isEqualTo(200);
      }
      assertThat(server.stats().connections()).isOne();
      assertThat(raw(server, "")).startsWith("HTTP/1.1 503 ");
    }
  }

  @Test
  void drainsWhatHasBegunAndTakesNoMore() throws Exception {
    random("large", LARGE);
    try (var server = start(ServerOptions.DEFAULT);
        var busy = connect(server);
        var idle = connect(server)) {
      busy.getOutputStream().write("GET /large HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(busy.getInputStream().readNBytes(1_000)).hasSize(1_000);
      var drained =
          CompletableFuture.runAsync(
              () -> {
                try {
                  server.drain(Duration.ofSeconds(30));
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(idle.getInputStream().read()).isEqualTo(-1);
      assertThatThrownBy(() -> connect(server)).isInstanceOf(IOException.class);
      assertThat(countToTheEnd(busy)).isGreaterThan(LARGE - 1_000);
      drained.get(30, TimeUnit.SECONDS);
      server.awaitClose();
    }
  }

  @Test
  void saysWhyItCannotListen() throws Exception {
    try (var server = start(ServerOptions.DEFAULT)) {
      var taken = ServerOptions.DEFAULT.withAddress("127.0.0.1", server.address().getPort());
      assertThatThrownBy(() -> start(taken))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("cannot listen on 127.0.0.1, port ")
          .hasMessageEndingWith("(ss -ltnp), or choose another address or port");
    }
    assertThatThrownBy(() -> start(ServerOptions.DEFAULT.withAddress("no.such.host.invalid", 0)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "cannot listen on no.such.host.invalid, port 0: there is no such host. Check the"
                + " spelling");
    var missing = new ServerOptions.Tls(root.resolve("missing.pem"), root.resolve("hello.txt"));
    assertThatThrownBy(() -> start(ServerOptions.DEFAULT.withTls(missing)))
        .isInstanceOf(NotFound.class)
        .hasMessage(
            "[%s] serve: there is no such file. Check the spelling.", missing.certificates());
    var directory = new ServerOptions.Tls(root.resolve("hello.txt"), root);
    assertThatThrownBy(() -> start(ServerOptions.DEFAULT.withTls(directory)))
        .isInstanceOf(NotRegularFile.class);
    assertThatThrownBy(
            () -> FileServer.start(root.resolve("hello.txt"), ServerOptions.DEFAULT).close())
        .isInstanceOf(NotDirectoryException.class);
  }

  @SuppressWarnings("MustBeClosed") // by the caller
  private FileServer start(ServerOptions options) throws IOException {
    FileServer server = FileServer.start(root, options);
    runtimes.add(server.runtime());
    return server;
  }

  private byte[] random(String name, int size) throws IOException {
    var bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    Files.write(root.resolve(name), bytes);
    return bytes;
  }

  private static HttpRequest.Builder get(FileServer server, String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  private HttpResponse<byte[]> send(FileServer server, String path, String... headers)
      throws Exception {
    var request = get(server, path);
    return client.send(
        (headers.length == 0 ? request : request.headers(headers)).build(), ofByteArray());
  }

  private static Socket connect(FileServer server) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(64 << 10);
    socket.connect(server.address());
    socket.setSoTimeout(30_000);
    return socket;
  }

  /// Sends bytes as they are, and reads until the server closes.
  private static String raw(FileServer server, String request) throws IOException {
    try (var socket = connect(server)) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static long countToTheEnd(Socket socket) {
    long count = 0;
    var buffer = new byte[1 << 16];
    try {
      for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
        count += read;
      }
    } catch (IOException _) {
      // That is the end, too.
    }
    return count;
  }
}
