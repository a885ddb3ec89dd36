package io.filewright.bench.serve;

import io.filewright.bench.Arguments;
import io.filewright.bench.Contender;
import io.filewright.bench.MissingException;
import io.filewright.bench.Outcome;
import io.filewright.netty.Transport;
import io.filewright.server.FileServer;
import io.filewright.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
      return ours(root, arguments).port();
    }
  }

  /// Starts the server of file-server, on the argument `transport` if there is one.
  static Listening ours(Path root, Arguments arguments) throws IOException, MissingException {
    ServerOptions options = ServerOptions.DEFAULT;
    String transport = arguments.get("transport", "");
    if (!transport.isEmpty()) {
      Transport chosen = Transport.valueOf(transport);
      if (chosen.refusal().isPresent()) {
        throw new MissingException(chosen.refusal().get());
      }
      options = options.withTransport(chosen);
    }
    FileServer server = FileServer.start(root, options); // until the process ends
    return new Listening(server.address().getPort(), server.eventLoops(), () -> {});
  }

  /// What Netty's own example of a file server does.
  static final class Netty extends Served {

    @Override
    int start(Path root, Arguments arguments) throws Exception {
      return PlainNettyServer.start(root, PlainNettyServer.Way.valueOf(arguments.get("way")))
          .port();
    }
  }
}
