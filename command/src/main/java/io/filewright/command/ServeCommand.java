package io.filewright.command;

import io.filewright.error.FailureDetails;
import io.filewright.netty.Transport;
import io.filewright.server.FileServer;
import io.filewright.server.ServerOptions;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `filewright serve`.
@Command(
    name = "serve",
    description = {
      "Serves the files beneath a directory over HTTP, until it is interrupted or terminated.",
      "A directory is its index.html, or a page that lists it. Names that begin with a dot are not"
          + " served, and nothing outside of the directory, whatever links lead there.",
      "No more connections are served than descriptors suffice for (ulimit -n): three each, five"
          + " with io_uring, and 10,000 at the most. It says so if they are few."
    },
    footer = {
      "",
      "On SIGINT or SIGTERM it takes no more connections, gives responses that have begun 30 s, and"
          + " exits with 130 or 143. SIGKILL ends it at once."
    })
final class ServeCommand implements Callable<Integer> {

  /// How long responses that have begun may take when the process is told to end.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// Fewer than these are worth a word at the start.
  private static final int FEW_CONNECTIONS = 1_000;

  private final Streams streams;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "The address to listen on; 127.0.0.1 by default, 0.0.0.0 for everybody.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      converter = PortArgument.class,
      description = "The port, 0 for any that is free; 8080 by default.")
  private int port;

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      converter = TransportArgument.class,
      description = "epoll, io_uring or nio; by default the first of them that can run.")
  private @Nullable Transport transport;

  @ArgGroup(exclusive = false)
  private @Nullable TlsOptions tls;

  @Option(names = "--json", description = "One JSON object on one line when it listens.")
  private boolean json;

  @Parameters(paramLabel = "DIR", description = "The directory.")
  private Path root = Path.of("");

  ServeCommand(Streams streams) {
    this.streams = streams;
  }

  /// Both or neither.
  private static final class TlsOptions {

    @Option(
        names = "--tls-cert",
        paramLabel = "FILE",
        required = true,
        description = "Serve HTTPS with these certificates (PEM); needs --tls-key.")
    private Path certificates = Path.of("");

    @Option(
        names = "--tls-key",
        paramLabel = "FILE",
        required = true,
        description = "The key of the first of them (PEM, PKCS #8, without a password).")
    private Path key = Path.of("");
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (FileServer server = FileServer.start(root, options())) {
      var drain = new Thread(() -> drain(server), "filewright-drain");
      Runtime.getRuntime().addShutdownHook(drain);
      announce(server);
      server.awaitClose();
    } catch (NotDirectoryException e) {
      throw new IOException("[" + e.getFile() + "] serve: it is no directory", e);
    }
    return ExitCode.OK;
  }

  private ServerOptions options() {
    ServerOptions options = ServerOptions.DEFAULT.withAddress(host, port);
    if (transport != null) {
      options = options.withTransport(transport);
    }
    return tls == null
        ? options
        : options.withTls(new ServerOptions.Tls(tls.certificates, tls.key));
  }

  private void announce(FileServer server) {
    Map<Transport, String> refused = server.transport().refused();
    if (json) {
      streams.line(
          new JsonObject()
              .put(root.toAbsolutePath().normalize())
              .put("url", server.url())
              .put("port", server.address().getPort())
              .put("connections", server.mostConnections())
              .put("transport", TransportArgument.name(server.transport().transport()))
              .put("refused", refused.entrySet().stream().map(ServeCommand::refusal).toList())
              .toString());
      return;
    }
    refused.forEach(
        (other, reason) ->
            streams.error(
                "%s cannot run here: %s.".formatted(TransportArgument.name(other), reason)));
    if (server.mostConnections() < FEW_CONNECTIONS) {
      streams.error(
          "descriptors suffice for %d connections only. Allow more with ulimit -n."
              .formatted(server.mostConnections()));
    }
    streams.line(
        "%s serves %s (%s)"
            .formatted(
                server.url(),
                FailureDetails.printable(root),
                TransportArgument.name(server.transport().transport())));
  }

  private static JsonObject refusal(Map.Entry<Transport, String> refused) {
    return new JsonObject()
        .put("transport", TransportArgument.name(refused.getKey()))
        .put("reason", refused.getValue());
  }

  /// When the process is told to end. The JVM does not hear a second signal.
  private void drain(FileServer server) {
    int connections = server.stats().connections();
    if (connections > 0) {
      streams.error(
          "%d open: responses that have begun have %d s to end. SIGKILL ends them now."
              .formatted(connections, PATIENCE.toSeconds()));
    }
    try {
      server.drain(PATIENCE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
