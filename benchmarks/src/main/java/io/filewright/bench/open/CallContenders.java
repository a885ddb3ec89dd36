package io.filewright.bench.open;

import io.filewright.AsyncFileHandle;
import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.filewright.bench.Arguments;
import io.filewright.bench.Contender;
import io.filewright.bench.MissingException;
import io.filewright.bench.Outcome;
import io.filewright.bench.kit.LinuxCalls;
import io.filewright.bench.kit.Ours;
import io.filewright.bench.kit.Sums;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// The contenders of [Calls].
final class CallContenders {

  private CallContenders() {}

  /// How long `open` holds the caller; the handles are awaited and closed off the clock.
  static final class OpenCall implements Contender {
    private static final int WINDOW = 100;
    private static final int DIGITS = 3;

    private FileRuntime runtime = FileRuntime.shared();
    private Path file = Path.of("");
    private int repeats;

    @Override
    public void prepare(Arguments arguments) throws MissingException {
      runtime = Ours.runtime(arguments);
      file = arguments.file();
      repeats = arguments.getInt("repeats");
    }

    @Override
    public Outcome run() throws Exception {
      var calls = new Histogram(DIGITS);
      long nanos = 0;
      for (int i = 0; i < repeats; i += WINDOW) {
        List<AsyncFileHandle<MmapRegion>> handles = new ArrayList<>(WINDOW);
        for (int j = 0; j < WINDOW; j++) {
          long start = System.nanoTime();
          var handle = runtime.open(file, OpenOptions.readOnly());
          long taken = System.nanoTime() - start;
          nanos += taken;
          calls.recordValue(taken);
          handles.add(handle);
          handle.await(); // one at a time: nothing else is running while the next one is opened
        }
        handles.forEach(AsyncFileHandle::close);
      }
      return Outcome.of(
          nanos,
          calls.getTotalCount(),
          Map.of(
              "p50 us", calls.getValueAtPercentile(50) / 1e3,
              "p99 us", calls.getValueAtPercentile(99) / 1e3,
              "p99.9 us", calls.getValueAtPercentile(99.9) / 1e3,
              "max us", calls.getMaxValue() / 1e3));
    }
  }

  /// Counts only the way to readiness; summing a page and closing are off the clock.
  abstract static class ToReady implements Contender {
    FileRuntime runtime = FileRuntime.shared();
    final OpenOptions<MmapRegion> options = OpenOptions.readOnly().withPrefault(Prefault.ALL);
    Path file = Path.of("");
    private int repeats;
    private long sum;

    @Override
    public final void prepare(Arguments arguments) throws Exception {
      runtime = Ours.runtime(arguments);
      file = arguments.file();
      repeats = arguments.getInt("repeats");
    }

    @Override
    public final Outcome run() throws Exception {
      sum = 0;
      long nanos = 0;
      for (int i = 0; i < repeats; i++) {
        nanos += once();
      }
      return Outcome.of(nanos, repeats, 0, sum);
    }

    /// Once, timed.
    ///
    /// @return how long it took, in nanoseconds
    abstract long once() throws Exception;

    final void consume(MemorySegment segment) {
      sum += Sums.ofPages(segment.asSlice(0, Math.min(4096, segment.byteSize())));
    }
  }

  /// `open(...).await()`.
  static final class Ready extends ToReady {
    @Override
    long once() throws Exception {
      long start = System.nanoTime();
      try (var handle = runtime.open(file, options)) {
        MmapRegion region = handle.await();
        long nanos = System.nanoTime() - start;
        region.apply(
            segment -> {
              consume(segment);
              return 0;
            });
        return nanos;
      }
    }
  }

  /// A pool of as many threads as there are cores, and a result waited for.
  abstract static class OnPool extends ToReady {
    final ThreadPoolExecutor pool =
        new ThreadPoolExecutor(2, 2, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());

    @Override
    public final void close() {
      pool.close();
    }
  }

  /// open, mmap, madvise, close.
  static final class CallsOnPool extends OnPool {
    @Override
    long once() throws Exception {
      long start = System.nanoTime();
      try (var mapped = pool.submit(() -> LinuxCalls.load(file)).get()) {
        long nanos = System.nanoTime() - start;
        consume(mapped.segment());
        return nanos;
      }
    }
  }

  /// `openSync`.
  static final class SyncOnPool extends OnPool {
    @Override
    long once() throws Exception {
      long start = System.nanoTime();
      try (var region = pool.submit(() -> runtime.openSync(file, options)).get()) {
        long nanos = System.nanoTime() - start;
        region.apply(
            segment -> {
              consume(segment);
              return 0;
            });
        return nanos;
      }
    }
  }

  /// `FileChannel.map` and `load()`, in a shared arena since another thread closes it.
  static final class ChannelOnPool extends OnPool {
    @Override
    long once() throws Exception {
      long start = System.nanoTime();
      try (var arena = Arena.ofShared()) {
        MemorySegment segment = pool.submit(() -> load(arena)).get();
        long nanos = System.nanoTime() - start;
        consume(segment);
        return nanos;
      }
    }

    private MemorySegment load(Arena arena) throws Exception {
      try (var channel = FileChannel.open(file)) {
        MemorySegment segment = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
        segment.load();
        return segment;
      }
    }
  }
}
