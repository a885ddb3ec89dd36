package io.filewright.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.filewright.FileRuntime;
import io.filewright.MmapRegion;
import io.filewright.OpenOptions;
import io.filewright.Prefault;
import io.netty.util.LeakPresenceDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A runtime that has nothing open in the end, and buffers that have all been released.
abstract class NettyFixture {

  static final OpenOptions<MmapRegion> MAPPED = OpenOptions.readOnly().withPrefault(Prefault.NONE);

  @TempDir Path folder;
  FileRuntime runtime = FileRuntime.shared();

  @BeforeEach
  @SuppressWarnings("MustBeClosed") // below
  void start() throws Exception {
    runtime = FileRuntime.builder().build();
  }

  @AfterEach
  void holdsNothing() throws Exception {
    eventually(() -> assertThat(runtime.stats().activeRegions()).isZero());
    eventually(() -> assertThat(runtime.stats().openDescriptors()).isZero());
    eventually(LeakPresenceDetector::check);
    runtime.close();
  }

  Path random(String name, int byteSize) throws IOException {
    var bytes = new byte[byteSize];
    new Random(byteSize).nextBytes(bytes);
    return Files.write(folder.resolve(name), bytes);
  }

  static void assumeRuns(Transport transport) {
    assumeTrue(transport.refusal().isEmpty(), () -> transport + ": " + transport.refusal().get());
  }

  /// What others do may take a moment.
  static void eventually(Runnable check) throws InterruptedException {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (true) {
      try {
        check.run();
        return;
      } catch (AssertionError | IllegalStateException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        Thread.sleep(10);
      }
    }
  }
}
