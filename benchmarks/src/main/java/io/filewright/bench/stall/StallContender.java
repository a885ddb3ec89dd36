package io.filewright.bench.stall;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.bench.Arguments;
import io.filewright.bench.Contender;
import io.filewright.bench.Outcome;
import io.filewright.bench.kit.LinuxCalls;
import io.filewright.bench.kit.Ours;
import io.filewright.bench.kit.Sums;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Ticks on a scheduler while cold files are gone through on that same scheduler, over and over.
///
/// Each file is dropped from the cache again after it was read, by a thread of its own, so that it
/// is cold when its turn comes. A sum over its pages says that it was really there.
abstract class StallContender implements Contender {

  private final OpenOptions<MmapRegion> options = OpenOptions.readOnly().withPrefault(Prefault.ALL);
  private final ExecutorService evictor =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
  private FileRuntime runtime = FileRuntime.shared();
  private List<Path> files = List.of();
  private int turn;
  private volatile Optional<Throwable> failure = Optional.empty();

  /// How many ticks make a round.
  int ticks;

  /// What the scheduler does beside ticking: `ours`, `touch` or `idle`.
  String work = "idle";

  @Override
  public final void prepare(Arguments arguments) throws Exception {
    runtime = Ours.runtime(arguments);
    files = arguments.files();
    ticks = arguments.getInt("ticks");
    work = arguments.get("work");
    begin();
  }

  @Override
  public final Outcome run() throws Exception {
    for (Path file : files) {
      LinuxCalls.evict(file);
    }
    Outcome outcome = round();
    if (failure.isPresent()) {
      throw new IOException("a load failed", failure.get());
    }
    return outcome;
  }

  void begin() throws Exception {}

  abstract Outcome round() throws Exception;

  final CompletableFuture<MmapRegion> openNext() {
    return runtime.open(nextFile(), options).toCompletableFuture();
  }

  final MmapRegion awaitNext() throws IOException, InterruptedException {
    return runtime.open(nextFile(), options).await();
  }

  /// Goes through what is in memory.
  final long consume(MmapRegion region) throws IOException {
    try (region) {
      return region.apply(Sums::ofPages);
    } finally {
      evictLater(region.path());
    }
  }

  /// The control: maps the next file and touches its cold pages, right here.
  final long touchNext() throws IOException {
    Path file = nextFile();
    try (var channel = FileChannel.open(file);
        var arena = Arena.ofConfined()) {
      return Sums.ofPages(channel.map(MapMode.READ_ONLY, 0, channel.size(), arena));
    } finally {
      evictLater(file);
    }
  }

  final void failed(Throwable error) {
    failure = Optional.of(error);
  }

  private Path nextFile() {
    return files.get(turn++ % files.size());
  }

  private void evictLater(Path file) {
    evictor.execute(
        () -> {
          try {
            LinuxCalls.evict(file);
          } catch (IOException e) {
            failed(e);
          }
        });
  }
}
