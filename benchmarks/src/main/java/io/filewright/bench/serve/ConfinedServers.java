package io.filewright.bench.serve;

import io.filewright.bench.Arguments;
import io.filewright.bench.Contender;
import io.filewright.bench.Outcome;
import io.filewright.bench.kit.ControlGroup;
import io.filewright.bench.kit.Unmapping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Servers in a memory control group, asked for files at random, and how long their event loops are
/// held up by it.
final class ConfinedServers {

  private ConfinedServers() {}

  /// What all have in common. Arguments: `memory` of the group in bytes, `disk` in bytes a second,
  /// 0 for no limit, `asked`, how many of the files are asked for, `connections` and `seconds` of a
  /// round.
  abstract static class Confined implements Contender {

    private static final String SCRIPT = "random-files.lua";

    /// Until then a JVM compiles.
    private static final int WARM_UP_SECONDS = 5;

    /// At the beginning of a round, unmeasured: fills the memory with what is asked for.
    private static final int SETTLING_SECONDS = 3;

    private Optional<ControlGroup> group = Optional.empty();
    private Listening server = new Listening(0, List.of(), () -> {});
    private Arguments arguments = new Arguments(Map.of());
    private Path script = Path.of(SCRIPT);
    private Wrk client = new Wrk(1, 1);
    private int asked;
    private long fileBytes;

    @Override
    public final void prepare(Arguments told) throws Exception {
      Wrk.check();
      arguments = told;
      client = new Wrk(arguments.getInt("connections"), arguments.getInt("seconds"));
      asked = arguments.getInt("asked");
      fileBytes = Files.size(arguments.file());
      Path root = Path.of(arguments.get("dir")).toAbsolutePath();
      script = copyScript(root);
      group =
          Optional.of(
              ControlGroup.join(arguments.getInt("memory"), arguments.getInt("disk"), root));
      server = start(root, arguments);
      var _ = ask(client.lasting(WARM_UP_SECONDS));
      settle();
    }

    @Override
    public final Outcome run() throws Exception {
      var _ = ask(client.lasting(SETTLING_SECONDS));
      var ticks = LoopTicks.start(server.loops());
      Outcome outcome = ask(client);
      var metrics = new HashMap<>(outcome.metrics());
      metrics.putAll(ticks.stop().metrics());
      return outcome.withMetrics(metrics);
    }

    @Override
    public final void settle() throws InterruptedException {
      server.forget().run();
      Unmapping.await(arguments);
    }

    @Override
    public final void close() throws IOException {
      if (group.isPresent()) {
        group.get().close();
      }
    }

    /// Begins to serve.
    abstract Listening start(Path root, Arguments arguments) throws Exception;

    private Outcome ask(Wrk wrk) throws IOException, InterruptedException {
      String url = "http://127.0.0.1:%d/".formatted(server.port());
      return wrk.run(script, url, asked, fileBytes);
    }

    /// Beside the files, in the folder that goes when the run ends.
    private static Path copyScript(Path root) throws IOException {
      Path copy = root.resolveSibling(ProcessHandle.current().pid() + "-" + SCRIPT);
      try (InputStream in = ConfinedServers.class.getResourceAsStream(SCRIPT)) {
        if (in == null) {
          throw new IOException("no resource " + SCRIPT);
        }
        Files.copy(in, copy);
      }
      return copy;
    }
  }

  /// The server of file-server.
  static final class Ours extends Confined {

    @Override
    Listening start(Path root, Arguments arguments) throws Exception {
      return Servers.ours(root, arguments);
    }
  }

  /// The same HTTP on Netty, with each file written on the event loop.
  static final class Netty extends Confined {

    @Override
    Listening start(Path root, Arguments arguments) throws Exception {
      return PlainNettyServer.start(root, PlainNettyServer.Way.valueOf(arguments.get("way")));
    }
  }
}
