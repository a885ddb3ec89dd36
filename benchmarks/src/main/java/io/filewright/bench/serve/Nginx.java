package io.filewright.bench.serve;

import io.filewright.bench.Arguments;
import io.filewright.bench.MissingException;
import io.filewright.bench.Shell;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Debian's nginx, without a log of requests, with as many workers as there are processors. With
/// the argument `openFiles` it keeps so many files open, and looks whether one has changed when a
/// second has gone by.
final class Nginx extends Servers.Served {

  private static final Path USUAL_PLACE = Path.of("/usr/sbin/nginx");

  /// What nginx says when its sockets listen.
  private static final String LISTENING = "start worker processes";

  private Optional<Process> process = Optional.empty();

  @Override
  int start(Path root, Arguments arguments) throws Exception {
    Path program = Shell.find("nginx").orElse(USUAL_PLACE);
    if (!Files.isExecutable(program)) {
      throw new MissingException("no nginx (Debian: apt-get install nginx-light)");
    }
    Path setpriv =
        Shell.find("setpriv")
            .orElseThrow(() -> new MissingException("no setpriv (Debian: package util-linux)"));
    // Beside the files, in the folder that goes when the run ends.
    Path folder = root.resolveSibling("nginx-" + ProcessHandle.current().pid());
    Files.createDirectory(folder);
    int port = freePort();
    Path config = folder.resolve("nginx.conf");
    Files.writeString(config, config(folder, root, port, arguments.getInt("openFiles", 0)));
    // The kernel ends it with this process, however that ends.
    var command =
        List.of(
            setpriv.toString(), "--pdeathsig", "TERM", program.toString(), "-c", config.toString());
    Process started =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    process = Optional.of(started);
    awaitListening(started);
    return port;
  }

  @Override
  public void close() {
    process.ifPresent(Process::destroy);
    process.ifPresent(started -> started.onExit().join());
  }

  private static String config(Path folder, Path root, int port, int openFiles) {
    String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
    String cache =
        openFiles == 0
            ? ""
            : "open_file_cache max=%d; open_file_cache_valid 1s;".formatted(openFiles);
    return """
    daemon off; worker_processes auto; pid %1$s/pid; error_log stderr notice; %2$s
    events { worker_connections 1024; }
    http {
      sendfile on; access_log off; keepalive_requests 100000000; %5$s
      client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/fcgi;
      uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
      server { listen 127.0.0.1:%3$d; root %4$s; }
    }
    """
        .formatted(folder, user, port, root, cache);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// Its own word, rather than a connection, which whoever else got the port might accept. What it
  /// says later is not read: it fits into the pipe.
  @SuppressWarnings("resource") // closed, it would end who writes to it
  private static void awaitListening(Process nginx) throws IOException {
    BufferedReader said = nginx.errorReader();
    var lines = new ArrayList<String>();
    String line;
    while ((line = said.readLine()) != null) {
      if (line.endsWith(LISTENING)) {
        return;
      }
      lines.add(line);
    }
    throw new IOException("nginx: " + String.join(" | ", lines));
  }
}
