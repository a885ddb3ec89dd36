package io.filewright.bench.serve;

import io.filewright.bench.CacheState;
import io.filewright.bench.Comparison;
import io.filewright.bench.Entrant;
import io.filewright.bench.FileSet;
import io.filewright.bench.Goal;
import io.filewright.bench.Program;
import io.filewright.bench.Settings;
import io.filewright.bench.Suite;
import io.filewright.bench.Units;
import java.util.List;
import java.util.stream.Stream;

/// One hot file over loopback, asked for again and again by wrk on the same cores.
public final class ServeSuite implements Suite {

  private static final double NGINX_LIMIT = 0.9;

  /// More than there are: ours keeps files open, too.
  private static final int OPEN_FILES = 1000;

  private static final long LARGE_BYTES = 10L << 20;

  private static final String OURS = "ours: FileServer";
  private static final String NGINX = "nginx, sendfile on";
  private static final String NGINX_OPEN = "nginx, files kept open";
  private static final String REGION = "Netty, DefaultFileRegion";
  private static final String CHUNKED = "Netty, ChunkedFile";

  @Override
  public String name() {
    return "serve";
  }

  @Override
  public String description() {
    return "a hot file over HTTP by our server, nginx and Netty's ways; wrk asks (needs wrk,"
        + " nginx)";
  }

  @Override
  public List<Comparison> comparisons(Settings settings) {
    return settings.sizesOr(List.of(4L << 10, 64L << 10, 100L << 20)).stream()
        .map(size -> comparison(size, settings))
        .toList();
  }

  private static Comparison comparison(long size, Settings settings) {
    var entrants =
        List.of(
            Entrant.of(OURS, Program.java(Servers.Ours.class)),
            Entrant.of("ours, io_uring", Program.java(Servers.Ours.class))
                .with("transport", "IO_URING"),
            Entrant.of(NGINX, Program.java(Nginx.class)),
            Entrant.of(NGINX_OPEN, Program.java(Nginx.class)).with("openFiles", OPEN_FILES),
            Entrant.of(REGION, Program.java(Servers.Netty.class)).with("way", "REGION"),
            Entrant.of(CHUNKED, Program.java(Servers.Netty.class)).with("way", "CHUNKED"));
    Comparison comparison =
        Comparison.of(
                "one file of " + Units.size(size),
                CacheState.READ_IN,
                FileSet.of(1, size),
                settings,
                entrants)
            .with("connections", size < LARGE_BYTES ? 16 : 4)
            .with("seconds", settings.quick() ? 1 : 2)
            .withRounds(1, settings.quick() ? 5 : 7, settings)
            .withGoal(new Goal.SpeedAtLeast(OURS, NGINX, NGINX_LIMIT))
            .withGoal(new Goal.SpeedAtLeast(OURS, NGINX_OPEN, NGINX_LIMIT));
    return Stream.of(REGION, CHUNKED)
        .map(peer -> new Goal.SpeedAtLeast(OURS, peer, 1))
        .reduce(comparison, Comparison::withGoal, (first, _) -> first);
  }
}
