package io.filewright.bench.jmh;

import io.filewright.Access;
import io.filewright.MmapRegion;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What each way into a region costs, for one `long`.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(
    value = 2,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RegionBenchmark {

  private static final long OFFSET = 4096;

  private final MemorySegment target = Arena.global().allocate(4096, 64);

  /// A lease, opened and closed.
  @Benchmark
  public long access(RegionState state) {
    try (Access access = state.region().access()) {
      return access.segment().get(ValueLayout.JAVA_LONG_UNALIGNED, OFFSET);
    }
  }

  /// A lease whose result is verified.
  @Benchmark
  public long accessVerified(RegionState state) throws IOException {
    try (Access access = state.region().access()) {
      long value = access.segment().get(ValueLayout.JAVA_LONG_UNALIGNED, OFFSET);
      access.verify();
      return value;
    }
  }

  /// `apply`, with its check of the file.
  @Benchmark
  public long apply(RegionState state) throws IOException {
    return state
        .region()
        .<Long>apply(segment -> segment.get(ValueLayout.JAVA_LONG_UNALIGNED, OFFSET));
  }

  /// A slice, opened and closed.
  @Benchmark
  public long slice(RegionState state) {
    try (MmapRegion slice = state.region().slice(OFFSET, 2 * OFFSET)) {
      return slice.byteSize();
    }
  }

  /// A guarded read of 8 bytes.
  @Benchmark
  public long readLong(RegionState state) throws IOException {
    return state.region().read(OFFSET, target.asSlice(0, 8));
  }

  /// A guarded read of 4 KiB.
  @Benchmark
  public long read4KiB(RegionState state) throws IOException {
    return state.region().read(OFFSET, target);
  }
}
