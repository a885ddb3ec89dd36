package io.filewright.bench.serve;

import io.filewright.bench.Arguments;
import io.filewright.bench.Contender;
import io.filewright.bench.MissingException;
import io.filewright.bench.Outcome;
import io.filewright.bench.Shell;
import io.filewright.netty.Transport;
import io.filewright.server.FileServer;
import io.filewright.server.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Servers of one folder, each asked by wrk.
final class Servers {

  private Servers() {}

  /// What all have in common.
  abstract static class Served implements Contender {

    /// Until then a JVM compiles, on the cores that are measured.
    private static final int WARM_UP_SECONDS = 5;

    private Wrk client = new Wrk(1, 1);
    private String url = "";
    private long fileBytes;

    @Override
    public final void prepare(Arguments arguments) throws Exception {
      Wrk.check();
      Path file = arguments.file();
      client = new Wrk(arguments.getInt("connections"), arguments.getInt("seconds"));
      fileBytes = Files.size(file);
      int port = start(Path.of(arguments.get("dir")).toAbsolutePath(), arguments);
      url = "http://127.0.0.1:%d/%s".formatted(port, file.getFileName());
      var _ = new Wrk(arguments.getInt("connections"), WARM_UP_SECONDS).run(url, fileBytes);
    }

    @Override
    public final Outcome run() throws Exception {
      return client.run(url, fileBytes);
    }

    /// Begins to serve.
    ///
    /// @return the port that it listens on
    abstract int start(Path root, Arguments arguments) throws Exception;
  }

  /// The server of file-server.
  static final class Ours extends Served {

    @Override
    int start(Path root, Arguments arguments) throws Exception {
      ServerOptions options = ServerOptions.DEFAULT;
      String transport = arguments.get("transport", "");
      if (!transport.isEmpty()) {
        Transport chosen = Transport.valueOf(transport);
        if (chosen.refusal().isPresent()) {
          throw new MissingException(chosen.refusal().get());
        }
        options = options.withTransport(chosen);
      }
      return FileServer.start(root, options).address().getPort(); // until the process ends
    }
  }

  /// What Netty's own example of a file server does.
  static final class Netty extends Served {

    @Override
    int start(Path root, Arguments arguments) throws Exception {
      return PlainNettyServer.start(root, PlainNettyServer.Way.valueOf(arguments.get("way")));
    }
  }

  /// Debian's, without a log, with as many workers as there are processors.
  static final class Nginx extends Served {

    private static final Path USUAL_PLACE = Path.of("/usr/sbin/nginx");

    private Optional<Process> process = Optional.empty();

    @Override
    int start(Path root, Arguments arguments) throws Exception {
      Path program = Shell.find("nginx").orElse(USUAL_PLACE);
      if (!Files.isExecutable(program)) {
        throw new MissingException("no nginx (Debian: apt-get install nginx-light)");
      }
      int port = freePort();
      Path folder = Files.createTempDirectory("filewright-nginx");
      Path config = folder.resolve("nginx.conf");
      Files.writeString(config, config(folder, root, port));
      process =
          Optional.of(
              new ProcessBuilder(program.toString(), "-c", config.toString())
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .redirectError(ProcessBuilder.Redirect.INHERIT)
                  .start());
      awaitListening(port);
      return port;
    }

    @Override
    public void close() {
      process.ifPresent(Process::destroy);
    }

    private static String config(Path folder, Path root, int port) {
      String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
      return """
      daemon off; worker_processes auto; pid %1$s/pid; error_log %1$s/error.log; %2$s
      events { worker_connections 1024; }
      http {
        sendfile on; access_log off; keepalive_requests 100000000;
        client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/fcgi;
        uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
        server { listen 127.0.0.1:%3$d; root %4$s; }
      }
      """
          .formatted(folder, user, port, root);
    }

    private static int freePort() throws IOException {
      try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }

    private static void awaitListening(int port) throws IOException, InterruptedException {
      for (int i = 0; ; i++) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
          return;
        } catch (IOException e) {
          if (i == 100) {
            throw e;
          }
          Thread.sleep(50);
        }
      }
    }
  }
}
