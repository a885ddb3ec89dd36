package io.filewright.bench.open;

import io.filewright.AsyncFileHandle;
import io.filewright.AsyncFiles;
import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.bench.Arguments;
import io.filewright.bench.CacheState;
import io.filewright.bench.Comparison;
import io.filewright.bench.Contender;
import io.filewright.bench.Entrant;
import io.filewright.bench.FileSet;
import io.filewright.bench.Outcome;
import io.filewright.bench.Program;
import io.filewright.bench.Settings;
import io.filewright.bench.Units;
import io.filewright.bench.kit.Ours;
import io.filewright.bench.kit.Sums;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The same eight files, loaded one after the other, or 2, 4, 8 at a time.
final class Parallel {

  private static final int FILES = 8;

  private Parallel() {}

  static List<Comparison> comparisons(Settings settings) {
    long size = settings.sizeOr(settings.quick() ? 32L << 20 : 128L << 20);
    var entrants =
        IntStream.of(1, 2, 4, 8)
            .mapToObj(
                width ->
                    Entrant.of(
                            width == 1 ? "ours: one by one" : "ours: " + width + " at a time",
                            Program.java(Together.class))
                        .with("width", width))
            .toList();
    return Stream.of(CacheState.WRITTEN, CacheState.READ_IN, CacheState.COLD)
        .map(
            cache ->
                Comparison.of(
                    "load %d x %s in parallel".formatted(FILES, Units.size(size)),
                    cache,
                    FileSet.of(FILES, size),
                    settings,
                    entrants))
        .toList();
  }

  /// Loads `width` files at a time, all of each.
  static final class Together implements Contender {
    private final OpenOptions<MmapRegion> options =
        OpenOptions.readOnly().withPrefault(Prefault.ALL);
    private FileRuntime runtime = FileRuntime.shared();
    private List<Path> files = List.of();
    private int width;

    @Override
    public void prepare(Arguments arguments) throws Exception {
      runtime = Ours.runtime(arguments);
      files = arguments.files();
      width = arguments.getInt("width");
    }

    @Override
    public Outcome run() throws Exception {
      long sum = 0;
      long bytes = 0;
      long nanos = 0;
      for (int from = 0; from < files.size(); from += width) {
        var handles = new ArrayList<AsyncFileHandle<MmapRegion>>();
        long start = System.nanoTime();
        for (Path file : files.subList(from, Math.min(files.size(), from + width))) {
          handles.add(runtime.open(file, options));
        }
        List<MmapRegion> regions = AsyncFiles.awaitAll(handles);
        nanos += System.nanoTime() - start;
        for (MmapRegion region : regions) {
          sum += region.apply(Sums::ofPages);
          bytes += region.byteSize();
          region.close();
        }
      }
      return Outcome.of(nanos, 1, bytes, sum);
    }
  }
}
