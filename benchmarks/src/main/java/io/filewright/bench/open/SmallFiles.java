package io.filewright.bench.open;

import io.filewright.AsyncFileHandle;
import io.filewright.AsyncFiles;
import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.bench.Arguments;
import io.filewright.bench.CacheState;
import io.filewright.bench.Comparison;
import io.filewright.bench.Contender;
import io.filewright.bench.Entrant;
import io.filewright.bench.FileSet;
import io.filewright.bench.Goal;
import io.filewright.bench.Outcome;
import io.filewright.bench.Program;
import io.filewright.bench.Settings;
import io.filewright.bench.kit.Ours;
import io.filewright.bench.kit.Sums;
import io.filewright.error.FileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/// Ten thousand files of 1 to 64 KiB, all of their bytes summed.
final class SmallFiles {

  private static final int FILES = 10_000;
  private static final int QUICK_FILES = 2_000;

  /// How many handles are open at a time.
  private static final int WINDOW = 256;

  private static final String OURS = "ours: open ahead, await in order";
  private static final String LOOP = "Files.readAllBytes, loop";

  private static final double LIMIT = 1.5;

  private SmallFiles() {}

  static List<Comparison> comparisons(Settings settings) {
    int count = settings.quick() ? QUICK_FILES : FILES;
    var files = new FileSet(count, 1 << 10, 64 << 10);
    return Stream.of(CacheState.WRITTEN, CacheState.READ_IN, CacheState.COLD)
        .map(cache -> comparison(files, cache, settings))
        .toList();
  }

  private static Comparison comparison(FileSet files, CacheState cache, Settings settings) {
    var entrants =
        List.of(
            Entrant.of(OURS, Program.java(OpenAhead.class)),
            Entrant.of("ours: open all, useAsync", Program.java(UseAsync.class)),
            Entrant.of("ours: open all, asCompleted", Program.java(AsCompleted.class)),
            Entrant.of("ours: openSync, loop", Program.java(OursPerFile.Apply.class)),
            Entrant.of(LOOP, Program.java(JdkPerFile.ReadAllBytes.class)),
            Entrant.of("Files.readAllBytes, 2 threads", Program.java(TwoThreads.class)),
            Entrant.of("FileChannel.read, loop", Program.java(JdkPerFile.Read.class)));
    return Comparison.of(files.count() + " small files", cache, files, settings, entrants)
        .withRounds(4, settings.quick() ? 5 : 9, settings)
        .withGoal(new Goal.SpeedAtLeast(OURS, LOOP, LIMIT));
  }

  /// Each region is summed where it becomes ready, on the runtime's callback executor.
  static final class UseAsync implements Contender {
    private FileRuntime runtime = FileRuntime.shared();
    private List<Path> files = List.of();

    @Override
    public void prepare(Arguments arguments) throws Exception {
      runtime = Ours.runtime(arguments);
      files = arguments.files();
    }

    @Override
    public Outcome run() throws Exception {
      long start = System.nanoTime();
      var window = new Semaphore(WINDOW);
      var sums = new ArrayList<CompletableFuture<Long>>(files.size());
      for (Path file : files) {
        window.acquire();
        var sum =
            runtime
                .open(file, OpenOptions.readOnly())
                .useAsync(region -> CompletableFuture.completedStage(sum(region)));
        sums.add(sum.whenComplete((_, _) -> window.release()));
      }
      long total = 0;
      for (var sum : sums) {
        total += sum.join();
      }
      return Outcome.of(System.nanoTime() - start, files.size(), 0, total);
    }

    private static long sum(MmapRegion region) {
      try {
        return region.apply(Sums::of);
      } catch (FileException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// A loop that opens some files ahead of the one that it reads.
  static final class OpenAhead implements Contender {
    private static final int AHEAD = 64;

    private FileRuntime runtime = FileRuntime.shared();
    private List<Path> files = List.of();

    @Override
    public void prepare(Arguments arguments) throws Exception {
      runtime = Ours.runtime(arguments);
      files = arguments.files();
    }

    @Override
    public Outcome run() throws Exception {
      long start = System.nanoTime();
      var ahead = new ArrayDeque<AsyncFileHandle<MmapRegion>>(AHEAD);
      long sum = 0;
      for (Path file : files) {
        ahead.add(runtime.open(file, OpenOptions.readOnly()));
        if (ahead.size() == AHEAD) {
          sum += sum(ahead.remove());
        }
      }
      while (!ahead.isEmpty()) {
        sum += sum(ahead.remove());
      }
      return Outcome.of(System.nanoTime() - start, files.size(), 0, sum);
    }

    private static long sum(AsyncFileHandle<MmapRegion> handle) throws Exception {
      try (handle) {
        return handle.await().apply(Sums::of);
      }
    }
  }

  /// A window of handles is opened, and consumed by this thread in the order in which they end.
  static final class AsCompleted implements Contender {
    private FileRuntime runtime = FileRuntime.shared();
    private List<Path> files = List.of();

    @Override
    public void prepare(Arguments arguments) throws Exception {
      runtime = Ours.runtime(arguments);
      files = arguments.files();
    }

    @Override
    public Outcome run() throws Exception {
      long start = System.nanoTime();
      long sum = 0;
      for (int from = 0; from < files.size(); from += WINDOW) {
        var handles = new ArrayList<AsyncFileHandle<MmapRegion>>(WINDOW);
        for (Path file : files.subList(from, Math.min(files.size(), from + WINDOW))) {
          handles.add(runtime.open(file, OpenOptions.readOnly()));
        }
        for (var handle : AsyncFiles.asCompleted(handles)) {
          try (handle) {
            sum += handle.await().apply(Sums::of);
          }
        }
      }
      return Outcome.of(System.nanoTime() - start, files.size(), 0, sum);
    }
  }

  /// What one would write to use both cores.
  static final class TwoThreads implements Contender {
    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private List<Path> files = List.of();

    @Override
    public void prepare(Arguments arguments) {
      files = arguments.files();
    }

    @Override
    public Outcome run() throws Exception {
      long start = System.nanoTime();
      int half = files.size() / 2;
      Future<Long> first = executor.submit(() -> sum(files.subList(0, half)));
      Future<Long> second = executor.submit(() -> sum(files.subList(half, files.size())));
      long sum = first.get() + second.get();
      return Outcome.of(System.nanoTime() - start, files.size(), 0, sum);
    }

    @Override
    public void close() {
      executor.close();
    }

    private static long sum(List<Path> files) throws IOException {
      long sum = 0;
      for (Path file : files) {
        sum += Sums.of(Files.readAllBytes(file));
      }
      return sum;
    }
  }
}
