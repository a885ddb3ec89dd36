package io.filewright.bench.jmh;

import io.filewright.AsyncFiles;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// A mapped file of one megabyte, all in memory, and a file of 4 KiB beside it.
@State(Scope.Benchmark)
public class RegionState {

  private static final int BYTES = 1 << 20;

  private @Nullable Path large;
  private @Nullable Path small;
  private @Nullable MmapRegion region;

  /// Writes the files.
  @Setup(Level.Trial)
  public void open() throws IOException {
    large = Files.write(Files.createTempFile("filewright-jmh", ".bin"), new byte[BYTES]);
    small = Files.write(Files.createTempFile("filewright-jmh", ".bin"), new byte[4096]);
    region = AsyncFiles.openSync(large, OpenOptions.readOnly().withPrefault(Prefault.ALL));
  }

  /// Removes them.
  @TearDown(Level.Trial)
  public void close() throws IOException {
    if (region != null && large != null && small != null) {
      region.close();
      Files.delete(large);
      Files.delete(small);
    }
  }

  MmapRegion region() {
    return present(region);
  }

  Path small() {
    return present(small);
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("not set up");
    }
    return value;
  }
}
