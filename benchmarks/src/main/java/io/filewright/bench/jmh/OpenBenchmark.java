package io.filewright.bench.jmh;

import io.filewright.AsyncFiles;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/// Open, read a `long`, close, for a file of 4 KiB that is in the page cache (written).
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OpenBenchmark {

  /// Ours as it comes: a copy.
  @Benchmark
  public long openSyncCopied(RegionState state) throws IOException {
    return open(state, OpenOptions.readOnly());
  }

  /// Ours mapped.
  @Benchmark
  public long openSyncMapped(RegionState state) throws IOException {
    return open(state, OpenOptions.readOnly().withPrefault(Prefault.ALL));
  }

  /// Ours on an engine's thread.
  @Benchmark
  public long openAwait(RegionState state) throws IOException, InterruptedException {
    try (var handle = AsyncFiles.open(state.small())) {
      return handle.await().byteSize();
    }
  }

  /// The JDK's.
  @Benchmark
  public long channelMapConfined(RegionState state) throws IOException {
    try (var channel = FileChannel.open(state.small());
        var arena = Arena.ofConfined()) {
      return channel
          .map(MapMode.READ_ONLY, 0, channel.size(), arena)
          .get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
    }
  }

  private static long open(RegionState state, OpenOptions<MmapRegion> options) throws IOException {
    try (MmapRegion region = AsyncFiles.openSync(state.small(), options)) {
      return region.<Long>apply(segment -> segment.get(ValueLayout.JAVA_LONG_UNALIGNED, 0));
    }
  }
}
