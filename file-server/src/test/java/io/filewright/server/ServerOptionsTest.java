package io.filewright.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filewright.netty.Transport;
import io.filewright.server.ServerOptions.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServerOptionsTest {

  @Test
  void aNegativeLimitIsRefusedAtOnce() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new Limits(1, 1, 1, 1, second, second, -1, 1 << 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("openFileBytes: -1, copyBytes: 1048576");
    assertThatThrownBy(() -> Limits.DEFAULT.withCopyBytes(1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTransportThatCannotRunIsRefusedWithTheReason() throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dio.netty.transport.noNative=true",
                "-cp",
                System.getProperty("java.class.path"),
                WithoutEpoll.class.getName())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .startsWith("cannot use the transport EPOLL: ")
        .contains("io.netty.transport.noNative");
  }

  /// Run by itself, as Netty asks once whether it may use native code.
  static final class WithoutEpoll {

    public static void main(String[] arguments) {
      try (var server =
          FileServer.start(Path.of("."), ServerOptions.DEFAULT.withTransport(Transport.EPOLL))) {
        System.out.println(server.url());
      } catch (IOException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
